// Knows how the page comes together: who is there, whose phone is looked at, what the server tells.
import * as chat from "./chat.js";
import * as composer from "./composer.js";
import * as panels from "./panels.js";
import { ask, byId, face, failed, get, lang, loadWords, make, post, say, soon, state, toast } from "./tools.js";

const ROLES = ["owner", "supervisor", "leader", "head", "contact", "stranger"];

const loadPeople = soon(async () => {
  const [people, chats] = await Promise.all([get("people"), get("chats")]);
  state.people = people;
  state.chats = new Map(chats.map((one) => [one.id, one]));
  if (state.person) state.person = people.find((one) => one.id === state.person.id) || state.person;
  if (state.chat) {
    state.chat = state.chats.get(state.chat.id) || state.chat;
    chat.drawHead();
    composer.compose();
  }
  drawPeople();
}, 150);

function drawPeople() {
  const wanted = byId("search").value.trim().toLowerCase();
  const fits = (...texts) => !wanted || texts.some((text) => String(text || "").toLowerCase().includes(wanted));
  const groups = new Map();
  for (const one of state.people) {
    if (!fits(one.name, one.unit, one.role, one.id)) continue;
    const role = one.role || "other";
    if (!groups.has(role)) groups.set(role, []);
    groups.get(role).push(one);
  }
  const rank = (role) => (ROLES.includes(role) ? ROLES.indexOf(role) : ROLES.length);
  const order = [...groups.keys()].sort((a, b) => rank(a) - rank(b));
  const nodes = [];
  for (const role of order) {
    const word = say("role_" + role);
    nodes.push(heading(word === "role_" + role ? role : word, groups.get(role).length), ...groups.get(role).map(personRow));
  }
  const teams = [...state.chats.values()].filter((one) => one.type !== "private" && one.migrated_to === null && fits(one.title));
  if (teams.length) nodes.push(heading(say("groups"), teams.length), ...teams.map(groupRow));
  if (!nodes.length) nodes.push(make("p", { class: "nobody", text: say("nobody") }));
  byId("people").replaceChildren(...nodes);
}

function heading(text, count) { return make("h2", {}, text, make("span", { text: count })); }

function personRow(one) {
  const unread = Object.values(one.unread).reduce((sum, count) => sum + count, 0);
  const on = state.person?.id === one.id && state.chat?.type === "private";
  return make("button", { class: "person" + (on ? " on" : "") + (one.blocked ? " gone" : ""), data: { person: one.id }, onclick: () => look(one) },
    face(one.id, one.name), make("div", {}, make("b", { text: one.name }), make("small", { text: one.unit || (one.username ? "@" + one.username : one.id) })),
    unread > 0 && make("i", { class: "badge", text: unread > 99 ? "99+" : unread }));
}

function groupRow(one) {
  const on = state.chat?.id === one.id;
  return make("button", { class: "person" + (on ? " on" : ""), data: { chat: one.id }, onclick: () => lookAt(one) },
    face(one.id, one.title, true), make("div", {}, make("b", { text: one.title }), make("small", { text: say("members", { count: chat.count(one) }) })));
}

function look(person) {
  state.person = person;
  chat.open(state.chats.get(person.user_id));
  drawPeople();
}

function lookAt(group, person = null) {
  const inside = person || (state.person && group.members.includes(state.person.id) ? state.person : state.people.find((one) => group.members.includes(one.id)));
  if (!inside) return toast(say("nobody"));
  state.person = inside;
  chat.open(group);
  drawPeople();
}

const actions = {
  say: (text, quiet) => composer.send(text, quiet).catch(failed),
  reply: composer.reply,
  edit: composer.edit,
  jump: chat.jump,
  tell: toast,
  counted: loadPeople,
  composed: composer.compose,
  opened: () => { composer.clear(); byId("text").value = ""; drawPeople(); composer.loadMenu().catch(failed); if (innerWidth > 720) byId("text").focus(); },
  press: async (message, button, node) => {
    node.classList.add("busy");
    setTimeout(() => node.classList.remove("busy"), 8000);
    try { await post("click", { person: state.person.id, chat: state.chat.id, message: message.message_id, button, wait: false }); } catch (error) { node.classList.remove("busy"); failed(error); }
  },
};

function answered(event) {
  for (const node of document.querySelectorAll(".grid .busy")) node.classList.remove("busy");
  if (event.person !== state.person?.id || !event.text) return;
  if (event.alert) ask(event.text); else toast(event.text, Math.min(7, 2.5 + event.text.length / 18));
}

const HEARD = {
  message: (event) => { if (event.chat === state.chat?.id) chat.refresh(); else loadPeople(); },
  edit: (event) => { if (event.chat === state.chat?.id) chat.refresh(); },
  delete: (event) => { if (event.chat === state.chat?.id) chat.refresh(); },
  typing: (event) => { if (event.chat === state.chat?.id) chat.typing(); },
  people: () => { loadPeople(); chat.refresh(); },
  menus: () => composer.loadMenu().catch(() => {}),
  clock: () => panels.loadClock().catch(() => {}),
  faults: () => panels.loadFaults().catch(() => {}),
  request: () => panels.loadLog(),
  answer: answered,
  reload: () => location.reload(),
};

function listenToServer() {
  const source = new EventSource("/sandbox/events");
  let lost = false;
  source.onmessage = (message) => { const event = JSON.parse(message.data); HEARD[event.kind]?.(event); };
  source.onerror = () => { lost = true; byId("lost").hidden = false; };
  source.onopen = () => {
    byId("lost").hidden = true;
    if (lost) { lost = false; loadPeople(); chat.refresh(); panels.loadClock().catch(() => {}); }
  };
}

async function relabel(which) {
  await loadWords(which);
  const info = await get("info");
  state.bot = info.bot;
  byId("bot-name").textContent = `${info.bot.name} · ${say("title")}`;
  document.title = byId("bot-name").textContent;
  panels.retitle();
  drawPeople();
  if (state.chat) { chat.open(state.chat, state.topic); }
}

// Chinese that is drawn before its font is there may stay empty boxes: Chromium remembers how a word was shaped.
function fontReady() {
  const font = document.fonts.load('15px "Sandbox CJK"', "督办").catch(() => {});
  return Promise.race([font, new Promise((done) => setTimeout(done, 4000))]);
}

async function begin() {
  await fontReady();
  chat.useActions(actions);
  chat.watch();
  composer.listen();
  panels.listen();
  byId("search").addEventListener("input", drawPeople);
  byId("lang").onclick = () => relabel(lang === "zh" ? "en" : "zh").catch(failed);
  byId("back").onclick = () => { document.body.classList.remove("chatting"); state.chat = null; byId("phone").classList.add("empty"); drawPeople(); };
  byId("as").onchange = (event) => lookAt(state.chat, state.people.find((one) => one.id === event.target.value));
  byId("block").onclick = () => post(state.person.blocked ? "unblock" : "block", { person: state.person.id }).catch(failed);
  byId("viewer").addEventListener("click", () => byId("viewer").close());
  await relabel(lang);
  await Promise.all([panels.loadClock(), panels.loadFaults()]);
  loadPeople();
  listenToServer();
  document.body.dataset.ready = "yes";
}

begin().catch(failed);
