// Knows how a message looks: entities, media, buttons, the line it stands in.
import { ask, byId, colour, face, icon, make, say, size, state } from "./tools.js";

const TAGS = {
  bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote", spoiler: "span",
};

export function botLink(url) {
  try {
    const link = new URL(url);
    const name = link.protocol === "tg:" ? link.searchParams.get("domain") : link.pathname.slice(1);
    const host = link.protocol === "tg:" || ["t.me", "telegram.me"].includes(link.hostname);
    if (!host || (name || "").toLowerCase() !== (state.bot.username || "").toLowerCase()) return null;
    return link.searchParams.get("start") || "";
  } catch { return null; }
}

function linkTo(url, actions) {
  const start = botLink(url);
  if (start !== null) return make("a", { onclick: () => actions.say(("/start " + start).trim(), true) });
  if (!/^(https?|mailto|tel):/i.test(url)) return make("span");
  return make("a", { href: url, target: "_blank", rel: "noopener noreferrer" });
}

function wrapper(entity, words, actions) {
  const kind = entity.type;
  if (kind === "text_link") return linkTo(entity.url, actions);
  if (kind === "url") return linkTo(/^[a-z]+:/i.test(words) ? words : "https://" + words, actions);
  if (kind === "email") return linkTo("mailto:" + words, actions);
  if (kind === "bot_command") return make("a", { onclick: () => actions.say(words) });
  if (["mention", "hashtag", "text_mention", "cashtag", "phone_number"].includes(kind)) return make("a");
  const node = make(TAGS[kind] || "span");
  if (kind === "pre" && entity.language) node.dataset.language = entity.language;
  if (kind === "spoiler") { node.className = "spoiler"; node.onclick = () => node.classList.add("open"); }
  if (kind === "expandable_blockquote") { node.className = "folded"; node.onclick = () => node.classList.toggle("open"); }
  return node;
}

export function rich(text, entities, actions) {
  const root = make("span", { class: "words" });
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  const stack = [{ node: root, end: text.length }];
  let at = 0;
  const write = (until) => {
    if (until > at) stack[stack.length - 1].node.append(text.slice(at, until));
    at = Math.max(at, until);
  };
  for (const entity of sorted) {
    while (stack.length > 1 && stack[stack.length - 1].end <= entity.offset) { write(stack[stack.length - 1].end); stack.pop(); }
    write(entity.offset);
    const node = wrapper(entity, text.slice(entity.offset, entity.offset + entity.length), actions);
    stack[stack.length - 1].node.append(node);
    stack.push({ node, end: Math.min(entity.offset + entity.length, stack[stack.length - 1].end) });
  }
  while (stack.length) { write(stack[stack.length - 1].end); stack.pop(); }
  trimBlocks(root);
  return root;
}

// A block already begins a new line: the line break beside it would leave an empty one.
function trimBlocks(root) {
  for (const block of root.querySelectorAll("blockquote, pre")) {
    const next = block.nextSibling, before = block.previousSibling;
    if (next?.nodeType === 3 && next.data.startsWith("\n")) next.data = next.data.slice(1);
    if (before?.nodeType === 3 && before.data.endsWith("\n")) before.data = before.data.slice(0, -1);
  }
}

export function summary(message) {
  return message.text || message.caption || (message.photo && say("photo")) || message.document?.name || serviceText(message) || say("other_message");
}

export function serviceText(message) {
  const service = message.service;
  if (!service) return "";
  if (service.new_chat_members) return say("joined", { who: service.new_chat_members.map((one) => one.first_name).join("、") });
  if (service.left_chat_member) return say("left", { who: service.left_chat_member.first_name });
  if (service.migrate_to_chat_id) return say("migrated_to");
  if (service.migrate_from_chat_id) return say("migrated_from");
  if (service.forum_topic_created) return say("topic_created", { who: message.from.name, name: service.forum_topic_created.name });
  return Object.keys(service).join(", ");
}

function picture(message) {
  const photo = message.photo;
  const image = make("img", { src: photo.url, alt: say("photo"), width: photo.width, height: photo.height, loading: "lazy" });
  return make("a", { class: "picture", onclick: () => {
    byId("viewer").querySelector("img").src = photo.url;
    byId("viewer").showModal();
  } }, image);
}

function paper(message) {
  const file = message.document;
  const ending = (file.name.split(".").pop() || "").slice(0, 4).toLowerCase();
  return make("a", { class: "paper", href: file.url, download: file.name },
    make("span", { class: "sheet " + ending.replace(/\W/g, ""), text: ending }),
    make("div", {}, make("b", { text: file.name }), make("small", { text: size(file.size) })));
}

function quoteOf(message, all, actions) {
  const original = all.get(message.reply_to);
  if (!original || original.deleted) return null;
  return make("button", { class: "quote", onclick: () => actions.jump(original.message_id) },
    make("b", { text: original.from.name }), make("span", { text: summary(original) }));
}

function buttonsOf(message, actions) {
  if (!message.buttons.length) return null;
  const rows = message.buttons.map((row, r) => make("div", {}, ...row.map((cell, c) => {
    const outside = cell.url && botLink(cell.url) === null;
    const press = (event) => outside
      ? ask(say("opens", { url: cell.url }), true).then((yes) => yes && /^https?:/i.test(cell.url) && window.open(cell.url, "_blank", "noopener"))
      : cell.other ? actions.tell(say("not_possible")) : actions.press(message, [r, c], event.currentTarget);
    return make("button", { title: cell.label, text: cell.label, onclick: press }, cell.url && icon("link"));
  })));
  return make("div", { class: "grid" }, ...rows);
}

export function line(message, place, all, actions) {
  const mine = message.from.id === state.person.id;
  if (message.service) return make("div", { class: "note", text: serviceText(message), data: { id: message.message_id } });
  const words = message.text ?? message.caption;
  const group = state.chat.type !== "private";
  const bubble = make("div", { class: "bubble" });
  if (group && !mine && place.first) bubble.append(make("span", { class: "who " + colour(message.from.id), text: message.from.name }));
  const origin = message.extra?.forward_origin?.sender_user;
  if (origin) bubble.append(make("span", { class: "forwarded", text: say("forwarded", { who: origin.first_name }) }));
  const quoted = quoteOf(message, all, actions);
  if (quoted) bubble.append(quoted);
  if (message.photo) bubble.append(picture(message));
  else if (message.document) bubble.append(paper(message));
  if (words) bubble.append(rich(words, message.entities, actions));
  else if (!message.photo && !message.document) bubble.append(make("i", { text: say("other_message") + ": " + Object.keys(message.extra || {}).join(", ") }));
  const stamp = (message.edited ? say("edited") + " " : "") + message.time.slice(11, 16);
  bubble.append(make("span", { class: "stamp", text: stamp, title: message.time }));
  if (message.reactions.length) bubble.append(make("div", { class: "reactions" }, ...message.reactions.map((one) => make("span", { text: one }))));
  const acts = make("div", { class: "acts" },
    make("button", { title: say("reply"), onclick: () => actions.reply(message) }, icon("reply")),
    mine && make("button", { title: say("edit"), onclick: () => actions.edit(message) }, icon("edit")));
  const classes = ["line", mine && "mine", place.first && "first", place.last && "last", message.photo && !words && "only"].filter(Boolean);
  const node = make("div", { class: classes.join(" "), data: { id: message.message_id }, ondblclick: () => actions.reply(message) });
  if (group && !mine) {
    const head = face(message.from.id, message.from.name);
    if (!place.last) head.classList.add("none");
    node.append(head);
  }
  bubble.addEventListener("click", (event) => {
    if (event.target.closest("a, button, .spoiler, .folded")) return;
    for (const other of document.querySelectorAll(".picked")) if (other !== node) other.classList.remove("picked");
    node.classList.toggle("picked");
  });
  bubble.append(acts);
  node.append(make("div", { class: "stack" }, bubble, buttonsOf(message, actions)));
  return node;
}
