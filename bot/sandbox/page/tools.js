// Knows small things every part of the page needs: the server, the words, elements built without innerHTML.
export const words = {};
export let lang = localStorage.getItem("lang") || "zh";
export const state = {
  people: [], chats: new Map(), bot: {}, person: null, chat: null, topic: 0,
  messages: [], menu: [], reply: null, editing: null, files: [],
};

export async function get(path) {
  const response = await fetch("/sandbox/" + path);
  const body = await response.json();
  if (!response.ok) throw new Error(body.error || response.statusText);
  return body;
}

export async function post(path, order, method = "POST") {
  const form = order instanceof FormData;
  const response = await fetch("/sandbox/" + path, {
    method, body: form ? order : JSON.stringify(order || {}),
    headers: form ? {} : { "Content-Type": "application/json" },
  });
  const body = await response.json();
  if (!response.ok) throw new Error(body.error || response.statusText);
  return body;
}

export function say(name, values = {}) {
  return (words[name] ?? name).replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
}

export async function loadWords(which = lang) {
  lang = which;
  localStorage.setItem("lang", lang);
  Object.assign(words, await get("words?lang=" + lang));
  document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
  for (const node of document.querySelectorAll("[data-word]")) node.textContent = say(node.dataset.word);
  for (const node of document.querySelectorAll("[data-title]")) {
    node.title = say(node.dataset.title);
    node.setAttribute("aria-label", node.title);
  }
  for (const node of document.querySelectorAll("[data-placeholder]")) node.placeholder = say(node.dataset.placeholder);
  byId("lang").textContent = lang === "zh" ? "EN" : "中";
}

export const byId = (id) => document.getElementById(id);

export function make(tag, options = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(options)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key === "class") node.className = value;
    else if (key === "text") node.textContent = value;
    else if (key === "data") Object.assign(node.dataset, value);
    else if (key in node) node[key] = value;
    else node.setAttribute(key, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", "icons.svg#" + name);
  svg.append(use);
  return svg;
}

export function colour(id) {
  let sum = 0;
  for (const letter of String(id)) sum = (sum * 31 + letter.codePointAt(0)) % 7919;
  return "c" + (sum % 7);
}

export function initials(given) {
  const name = String(given || "?").trim();
  if (/^[\x00-\x7f]+$/.test(name)) return name.split(/\s+/).map((word) => word[0]).slice(0, 2).join("").toUpperCase();
  return [...name.trim()][0];
}

export function face(id, name, group = false) {
  return make("span", { class: "face " + colour(id), text: group ? "" : initials(name) }, group && icon("group"));
}

export function size(bytes) {
  if (bytes < 1024) return bytes + " B";
  return bytes < 1048576 ? (bytes / 1024).toFixed(1) + " KB" : (bytes / 1048576).toFixed(1) + " MB";
}

// A moment with its offset is shown as it stands on the wall there: only its letters are read.
export function dayName(iso, withYear) {
  const date = new Date(iso.slice(0, 10) + "T00:00:00Z");
  const options = { month: "long", day: "numeric", weekday: "short", timeZone: "UTC", ...(withYear ? { year: "numeric" } : {}) };
  return new Intl.DateTimeFormat(lang === "zh" ? "zh-CN" : "en-GB", options).format(date);
}

export function toast(text, seconds = 3) {
  const node = make("div", { class: "toast", text });
  byId("toasts").append(node);
  setTimeout(() => node.remove(), seconds * 1000);
}

export function failed(error) {
  toast(error.message || String(error), 5);
}

export function ask(text, question = false) {
  const dialog = byId("dialog");
  dialog.querySelector("p").textContent = text;
  dialog.querySelector(".quiet").hidden = !question;
  dialog.showModal();
  return new Promise((done) => dialog.addEventListener("close", () => done(dialog.returnValue === "yes"), { once: true }));
}

export function soon(work, wait = 40) {
  let timer = null;
  return () => {
    if (timer) return;
    timer = setTimeout(() => { timer = null; Promise.resolve(work()).catch(failed); }, wait);
  };
}
