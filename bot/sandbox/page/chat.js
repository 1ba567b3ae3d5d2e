// Knows the chat on the phone: its head, its messages, what is new.
import { line } from "./bubbles.js";
import { byId, dayName, face, get, make, post, say, soon, state } from "./tools.js";

const shown = new Map();
let actions = null;
let pressedUntil = 0;

export function useActions(those) { actions = those; }

export const refresh = soon(async () => {
  if (!state.chat) return;
  const id = state.chat.id;
  const [chat, messages] = await Promise.all([get("chats/" + id), get(`chats/${id}/messages?limit=400`)]);
  if (state.chat?.id !== id) return;
  state.chats.set(id, chat);
  state.chat = chat;
  state.messages = messages;
  draw();
  actions.composed();
  if (document.visibilityState === "visible") post("read", { person: state.person.id, chat: id }).then(actions.counted).catch(() => {});
});

export async function open(chat, topic = 0) {
  state.chat = chat;
  state.topic = topic;
  state.messages = [];
  shown.clear();
  byId("messages").replaceChildren();
  byId("phone").classList.remove("empty");
  document.body.classList.add("chatting");
  drawHead();
  actions.opened();
  refresh();
}

function visible() {
  return state.messages.filter((one) => !one.deleted && (!state.chat.forum || (one.topic || 0) === state.topic));
}

export function draw() {
  drawHead();
  const box = byId("messages");
  const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 120 || !shown.size;
  const list = visible();
  const all = new Map(state.messages.map((one) => [one.message_id, one]));
  const wanted = [];
  const keep = new Set();
  let day = "", fresh = 0;
  list.forEach((one, index) => {
    const today = one.time.slice(0, 10);
    if (today !== day) {
      day = today;
      wanted.push(cached("day" + day, day, () => make("div", { class: "day", text: dayName(one.time, day.slice(0, 4) !== (state.now || day).slice(0, 4)) }), keep));
    }
    const near = (other) => other && !other.service && other.from.id === one.from.id && Math.abs(other.date - one.date) < 300 && other.time.slice(0, 10) === today;
    const place = { first: !near(list[index - 1]), last: !near(list[index + 1]) };
    if (!shown.has(one.message_id) && shown.size && one.from.is_bot) fresh += 1;
    const quoted = all.get(one.reply_to);
    const print = JSON.stringify([one, place, quoted && [quoted.text, quoted.deleted]]);
    wanted.push(cached(one.message_id, print, () => line(one, place, all, actions), keep));
  });
  for (const key of [...shown.keys()]) if (!keep.has(key)) shown.delete(key);
  place(box, wanted);
  if (atEnd || fresh === 0 && shown.size === 0) toEnd();
  else if (fresh) news(fresh);
}

function cached(key, print, build, keep) {
  keep.add(key);
  const old = shown.get(key);
  if (old && old.print === print) return old.node;
  const node = build();
  shown.set(key, { print, node });
  return node;
}

function place(box, wanted) {
  wanted.forEach((node, index) => { if (box.children[index] !== node) box.insertBefore(node, box.children[index] || null); });
  while (box.children.length > wanted.length) box.lastChild.remove();
}

export function toEnd() {
  const box = byId("messages");
  box.scrollTop = box.scrollHeight;
  byId("bottom").hidden = true;
  for (const image of box.querySelectorAll("img")) if (!image.complete) image.addEventListener("load", () => { if (byId("bottom").hidden) box.scrollTop = box.scrollHeight; }, { once: true });
}

function news(count) {
  const badge = byId("bottom").querySelector(".badge");
  badge.hidden = !count;
  badge.textContent = (Number(badge.textContent) || 0) + count;
  byId("bottom").hidden = false;
}

export function jump(id) {
  const node = byId("messages").querySelector(`[data-id="${id}"]`);
  if (!node) return;
  node.scrollIntoView({ block: "center", behavior: "smooth" });
  node.classList.remove("flash");
  requestAnimationFrame(() => node.classList.add("flash"));
}

export function typing() {
  pressedUntil = Date.now() + 4000;
  drawHead();
  setTimeout(drawHead, 4100);
}

export function drawHead() {
  const { chat, person } = state;
  if (!chat || !person) return;
  const group = chat.type !== "private";
  const head = byId("head-face");
  const name = group ? chat.title : state.bot.name;
  head.replaceWith(Object.assign(face(group ? chat.id : "bot", name, group), { id: "head-face" }));
  byId("head-title").textContent = name;
  const busy = Date.now() < pressedUntil;
  const sub = byId("head-sub");
  sub.textContent = busy ? say("typing") : group ? say("members", { count: count(chat) }) : "@" + state.bot.username;
  sub.classList.toggle("busy", busy);
  const as = byId("as");
  as.parentElement.hidden = !group;
  if (group) {
    const members = state.people.filter((one) => chat.members.includes(one.id));
    as.replaceChildren(...members.map((one) => make("option", { value: one.id, text: one.name, selected: one.id === person.id })));
  }
  const block = byId("block");
  block.hidden = group;
  block.classList.toggle("on", person.blocked);
  block.title = say(person.blocked ? "unblock" : "block");
  drawTabs();
}

export const count = (chat) => chat.members.length + (["member", "administrator"].includes(chat.bot) ? 1 : 0);

function drawTabs() {
  const chats = (state.person.chats || []).map((id) => state.chats.get(id)).filter((one) => one && (one.migrated_to === null || one.id === state.chat.id));
  const tab = (on, text, unread, work) => make("button", { class: "tab" + (on ? " on" : ""), role: "tab", "aria-selected": String(on), onclick: work }, text, unread > 0 && make("i", { class: "badge", text: unread }));
  byId("tabs").replaceChildren(...(chats.length < 2 ? [] : chats.map((one) => tab(one.id === state.chat.id,
    one.type === "private" ? say("private_chat") : one.title, one.id === state.chat.id ? 0 : state.person.unread[one.id], () => open(one)))));
  const topics = state.chat.forum ? [{ id: 0, name: say("general") }, ...state.chat.topics] : [];
  byId("topics").replaceChildren(...topics.map((one) => tab(one.id === state.topic, one.name, 0, () => {
    state.topic = one.id;
    shown.clear();
    byId("messages").replaceChildren();
    draw();
  })));
}

export function watch() {
  const box = byId("messages");
  box.addEventListener("scroll", () => {
    const end = box.scrollHeight - box.scrollTop - box.clientHeight < 80;
    byId("bottom").hidden = end;
    if (end) { const badge = byId("bottom").querySelector(".badge"); badge.hidden = true; badge.textContent = ""; }
  }, { passive: true });
  byId("bottom").onclick = toEnd;
  new ResizeObserver(() => { if (byId("bottom").hidden) box.scrollTop = box.scrollHeight; }).observe(box);
  document.addEventListener("visibilitychange", refresh);
}
