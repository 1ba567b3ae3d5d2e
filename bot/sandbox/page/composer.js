// Knows what a person does below the chat: write, answer, change, attach, choose a command or a key.
import { summary } from "./bubbles.js";
import { byId, failed, get, icon, make, post, say, size, state, toast } from "./tools.js";

let keysOpen = true, commandsOpen = false, lastKeyboard = "", chosen = 0;

export async function send(text, quiet = false) {
  const order = { person: state.person.id, text, wait: false };
  if (state.chat.type !== "private" && !quiet) order.chat = state.chat.id;
  if (order.chat && state.topic) order.topic = state.topic;
  if (order.chat === undefined && state.chat.type !== "private") toast("→ " + say("private_chat"));
  const answer = await post("say", order);
  if (!answer.seen && order.chat) toast(say("unseen"), 4);
}

async function submit() {
  const field = byId("text"), text = field.value;
  if (!text.trim() && !state.files.length) return;
  field.value = "";
  commandsOpen = false;
  grow();
  const { reply, editing, files } = state;
  clear();
  try {
    if (editing) { await post("edit", { person: state.person.id, chat: state.chat.id, message: editing.message_id, text, wait: false }); return; }
    const form = new FormData();
    const order = { person: state.person.id, chat: state.chat.id, text, wait: "false" };
    if (reply) order.reply_to = reply.message_id;
    if (state.topic) order.topic = state.topic;
    if (files.length && files.photo) order.photo = "true";
    for (const [key, value] of Object.entries(order)) form.append(key, value);
    for (const file of files) form.append("file", file, file.name);
    const answer = await post("say", form);
    if (!answer.seen) toast(say("unseen"), 4);
  } catch (error) { field.value = field.value || text; failed(error); }
}

export function clear() {
  state.reply = state.editing = null;
  state.files = [];
  compose();
}

export function reply(message) { state.editing = null; state.reply = message; compose(); byId("text").focus(); }

export function edit(message) {
  state.reply = null;
  state.editing = message;
  byId("text").value = message.text ?? message.caption ?? "";
  compose();
  grow();
  byId("text").focus();
}

export function attach(files) {
  const list = [...state.files, ...files];
  list.photo = list.length > 0 && list.every((file) => /^image\/(png|jpeg|gif|webp)$/.test(file.type));
  state.files = list;
  compose();
  byId("text").focus();
}

export function compose() {
  const context = byId("context"), about = state.editing || state.reply;
  context.hidden = !about;
  if (about) {
    context.querySelector("use").setAttribute("href", "icons.svg#" + (state.editing ? "edit" : "reply"));
    context.querySelector("b").textContent = state.editing ? say("editing") : about.from.name;
    context.querySelector("span").textContent = summary(about);
  }
  drawFiles();
  drawLock();
  drawKeys();
  byId("menu").hidden = !state.menu.length;
  drawCommands();
}

function drawFiles() {
  const box = byId("files"), files = state.files;
  box.hidden = !files.length;
  const chips = files.map((file, index) => make("div", { class: "chip" }, make("span", { text: `${file.name} · ${size(file.size)}` }),
    make("button", { class: "icon", type: "button", onclick: () => { const photo = files.photo; state.files = files.filter((_, i) => i !== index); state.files.photo = photo; compose(); } }, icon("close"))));
  const pictures = files.length && files.every((file) => file.type.startsWith("image/"));
  const choice = pictures && make("label", {}, make("input", { type: "checkbox", checked: Boolean(files.photo), onchange: (event) => { files.photo = event.target.checked; } }), say("as_photo"));
  box.replaceChildren(...chips, ...(choice ? [choice] : []));
}

function drawLock() {
  const { chat, person } = state;
  let words = "", label = "", work = null;
  if (chat.migrated_to !== null) words = say("upgraded_note");
  else if (chat.type === "private" && person.blocked) { words = say("blocked"); label = say("unblock"); work = () => post("unblock", { person: person.id }); }
  else if (chat.type === "private" && !person.started && !state.messages.length) { words = say("start_hint"); label = say("start"); work = () => send("/start"); }
  const box = byId("locked");
  box.hidden = !words;
  byId("form").hidden = chat.migrated_to !== null || (chat.type === "private" && person.blocked);
  box.querySelector("span").textContent = words;
  const button = box.querySelector("button");
  button.hidden = !work;
  button.textContent = label;
  button.onclick = () => work().catch(failed);
}

function drawKeys() {
  const rows = state.chat.keyboard;
  const print = JSON.stringify([state.chat.id, rows, state.chat.keyboard_hidden]);
  if (print !== lastKeyboard) { lastKeyboard = print; keysOpen = !state.chat.keyboard_hidden; }
  const toggle = byId("keys-toggle"), box = byId("keys");
  toggle.hidden = !rows;
  toggle.classList.toggle("on", keysOpen);
  box.hidden = !rows || !keysOpen || byId("form").hidden;
  box.replaceChildren(...(rows || []).map((row) => make("div", {}, ...row.map((label) => make("button", { type: "button", text: label, onclick: () => send(label).catch(failed) })))));
  byId("text").placeholder = (rows && state.chat.placeholder) || say("write");
}

function matching() {
  const typed = byId("text").value;
  if (commandsOpen) return state.menu;
  if (!/^\/\w*$/.test(typed)) return [];
  return state.menu.filter((one) => ("/" + one.command).startsWith(typed.toLowerCase()));
}

function drawCommands() {
  const found = matching(), box = byId("commands");
  chosen = Math.min(chosen, Math.max(found.length - 1, 0));
  box.hidden = !found.length;
  box.replaceChildren(...found.map((one, index) => make("button", { type: "button", class: index === chosen && !commandsOpen ? "on" : "", onclick: () => choose(one) },
    make("b", { text: "/" + one.command }), make("span", { text: one.description }))));
}

function choose(one) {
  commandsOpen = false;
  byId("text").value = "";
  drawCommands();
  send("/" + one.command).catch(failed);
}

function grow() {
  const field = byId("text");
  field.style.height = "auto";
  field.style.height = Math.min(field.scrollHeight, 150) + "px";
}

export const loadMenu = async () => {
  if (!state.chat) return;
  state.menu = await get(`chats/${state.chat.id}/menu?person=${encodeURIComponent(state.person.id)}`);
  compose();
};

export function listen() {
  const field = byId("text");
  byId("form").addEventListener("submit", (event) => { event.preventDefault(); submit(); });
  field.addEventListener("input", () => { commandsOpen = false; grow(); drawCommands(); });
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const found = matching();
    if (found.length && !commandsOpen && ["ArrowUp", "ArrowDown", "Tab"].includes(event.key)) {
      event.preventDefault();
      chosen = (chosen + (event.key === "ArrowUp" ? found.length - 1 : 1)) % found.length;
      drawCommands();
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      if (found.length && !commandsOpen && "/" + found[chosen].command !== field.value) choose(found[chosen]);
      else submit();
    } else if (event.key === "Escape") { field.value = state.editing ? "" : field.value; commandsOpen = false; clear(); }
  });
  field.addEventListener("paste", (event) => { if (event.clipboardData.files.length) { event.preventDefault(); attach(event.clipboardData.files); } });
  byId("clip").onclick = () => byId("file").click();
  byId("file").onchange = (event) => { attach(event.target.files); event.target.value = ""; };
  byId("menu").onclick = () => { commandsOpen = !commandsOpen; drawCommands(); };
  byId("keys-toggle").onclick = () => { keysOpen = !keysOpen; drawKeys(); };
  byId("context").querySelector("button").onclick = () => { if (state.editing) field.value = ""; clear(); };
  document.addEventListener("click", (event) => { if (commandsOpen && !event.target.closest("#commands, #menu")) { commandsOpen = false; drawCommands(); } });
  const stage = byId("phone"), dropper = byId("dropper");
  stage.addEventListener("dragover", (event) => { event.preventDefault(); dropper.hidden = false; });
  stage.addEventListener("dragleave", (event) => { if (!stage.contains(event.relatedTarget)) dropper.hidden = true; });
  stage.addEventListener("drop", (event) => { event.preventDefault(); dropper.hidden = true; if (event.dataTransfer.files.length) attach(event.dataTransfer.files); });
}
