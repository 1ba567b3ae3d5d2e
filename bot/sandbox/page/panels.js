// Knows the tools above and beside the chat: the clock, trouble, the record of requests.
import { ask, byId, dayName, failed, get, icon, make, post, say, soon, state } from "./tools.js";

let clock = null, loadedAt = 0, entries = [], polls = false, faults = [];
const open = new Set();

// The clock

export async function loadClock() {
  clock = await get("clock");
  loadedAt = performance.now();
  byId("next").disabled = !clock.next_due;
  byId("next").title = clock.next_due ? say("next_at", { time: clock.next_due.slice(0, 16).replace("T", " ") }) : "";
  tick();
}

function tick() {
  if (!clock) return;
  const offset = clock.now.slice(19);
  const moved = new Date(clock.now.slice(0, 19) + "Z").getTime() + (clock.frozen ? 0 : performance.now() - loadedAt);
  state.now = new Date(moved).toISOString().slice(0, 19) + offset;
  byId("now-time").textContent = state.now.slice(11, 16);
  byId("now-day").textContent = dayName(state.now, true);
}

async function move(order) {
  if (order.to && order.to < state.now.slice(0, 16)) {
    if (!(await ask(say("back_question"), true))) return;
    order.back = true;
  }
  byId("bar").classList.add("moving");
  byId("now-day").textContent = say("moving");
  for (const button of document.querySelectorAll(".step")) button.disabled = true;
  try { await post("clock", order); } catch (error) { failed(error); }
  byId("bar").classList.remove("moving");
  for (const button of document.querySelectorAll(".step")) button.disabled = false;
  await loadClock();
}

function pick(anchor) {
  const field = make("input", { type: "datetime-local", value: state.now.slice(0, 16) });
  const form = make("form", { onsubmit: (event) => { event.preventDefault(); hide(); move({ to: field.value }).catch(failed); } },
    make("h3", { text: say("pick_time") }), make("p", { text: clock.next_due ? say("next_at", { time: clock.next_due.slice(0, 16).replace("T", " ") }) : clock.timezone }),
    field, make("div", { class: "row" }, make("button", { class: "main", text: say("go") })));
  show(anchor, form);
}

// Popover

function show(anchor, ...children) {
  const box = byId("popover");
  box.replaceChildren(...children);
  box.hidden = false;
  const place = anchor.getBoundingClientRect();
  box.style.top = place.bottom + 6 + "px";
  box.style.left = Math.max(10, Math.min(place.left, innerWidth - box.offsetWidth - 10)) + "px";
}

function hide() { byId("popover").hidden = true; }

// Trouble

const ORDERS = [
  { kind: "429", count: 3, retry_after: 3 }, { kind: "outage", seconds: 30 }, { kind: "answer_lost", count: 1 },
  { kind: "slow", seconds: 3, count: 5 }, { kind: "refuse", count: 3 },
];

export async function loadFaults() {
  faults = await get("faults");
  const badge = byId("trouble").querySelector(".badge");
  badge.hidden = !faults.length;
  badge.textContent = faults.length;
  if (!byId("popover").hidden && byId("popover").dataset.of === "trouble") drawFaults();
}

function drawFaults() {
  const choices = ORDERS.map((order) => {
    const on = faults.filter((one) => one.kind === order.kind).pop();
    const left = on && (on.left !== null ? say("trouble_left", { count: on.left }) : say("trouble_seconds", { seconds: Math.ceil(on.seconds_left) }));
    return make("button", { class: "choice" + (on ? " active" : ""), onclick: () => post("faults", order).then(loadFaults).catch(failed) },
      make("span", { text: say("trouble_" + order.kind) }), on && make("em", { text: left }));
  });
  const normal = make("button", { class: "choice", disabled: !faults.length, text: faults.length ? say("trouble_clear") : say("trouble_none"), onclick: () => post("faults", {}, "DELETE").then(loadFaults).catch(failed) });
  show(byId("trouble"), make("h3", { text: say("trouble_title") }), make("p", { text: say("trouble_hint") }), ...choices, make("hr"), normal);
  byId("popover").dataset.of = "trouble";
}

// Requests

export const loadLog = soon(async () => {
  if (byId("drawer").hidden) return;
  const last = entries.length ? entries[entries.length - 1].id : 0;
  entries = entries.concat(await get(`requests?after=${last}&limit=300`)).slice(-600);
  drawLog();
}, 150);

function drawLog() {
  const rows = byId("drawer").querySelector(".rows");
  const list = entries.filter((one) => polls || one.method.toLowerCase() !== "getupdates").slice(-300).reverse();
  const top = rows.scrollTop;
  rows.replaceChildren(...(list.length ? list.map(entryRow) : [make("p", { class: "nobody", text: say("log_empty") })]));
  rows.scrollTop = top;
}

function entryRow(one) {
  const about = one.params.text || one.params.caption || one.params.commands || (one.params.chat_id ?? "");
  const status = make("span", { class: "code" + (one.status === 200 ? "" : one.status ? " bad" : " cut"), text: one.status || "—" });
  const node = make("div", { class: "entry" }, make("button", { onclick: () => { open.has(one.id) ? open.delete(one.id) : open.add(one.id); drawLog(); } },
    make("time", { text: one.time.slice(11, 19) }), make("div", {}, make("b", { text: one.method }), make("small", { text: typeof about === "string" ? about : JSON.stringify(about) })), status));
  if (one.violations.length) node.append(make("div", { class: "why", text: say("log_violation", { what: one.violations.join(", ") }) }));
  if (open.has(one.id)) {
    node.append(make("pre", { text: say("log_params") + "\n" + JSON.stringify(one.params, null, 2) }));
    node.append(make("pre", { text: one.answer ? say("log_answer") + "\n" + JSON.stringify(one.answer, null, 2) : say("log_none") }));
  }
  return node;
}

function toggleLog() {
  const drawer = byId("drawer");
  drawer.hidden = !drawer.hidden;
  byId("log").classList.toggle("on", !drawer.hidden);
  if (drawer.hidden) return;
  const choice = make("input", { type: "checkbox", checked: polls, onchange: (event) => { polls = event.target.checked; drawLog(); } });
  drawer.replaceChildren(make("header", {}, make("b", { text: say("log") }), make("label", {}, choice, say("log_polls")),
    make("button", { class: "icon", title: say("close"), onclick: toggleLog }, icon("close"))), make("div", { class: "rows" }));
  drawLog();
  loadLog();
}

export function listen() {
  setInterval(tick, 1000);
  setInterval(() => { if (faults.length) loadFaults().catch(() => {}); }, 2000);
  for (const button of document.querySelectorAll(".step")) button.onclick = () => move({ forward: button.dataset.forward }).catch(failed);
  byId("now").onclick = (event) => { byId("popover").dataset.of = "clock"; pick(event.currentTarget); };
  byId("trouble").onclick = () => { byId("popover").dataset.of = "trouble"; drawFaults(); loadFaults().catch(failed); };
  byId("log").onclick = toggleLog;
  document.addEventListener("click", (event) => { if (event.target.isConnected && !event.target.closest("#popover, #now, #trouble")) hide(); });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
}

export function retitle() { if (!byId("drawer").hidden) { toggleLog(); toggleLog(); } tick(); }
