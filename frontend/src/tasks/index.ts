// Tasks as a list, a board or a calendar: one element of the page however many there are, with controls of the browser's own.
// A component of Streamlit's second protocol: it lives in the page itself, behind a shadow root, and fetches nothing.

import { el } from "../dom";

interface Task {
  id: number;
  state: string;
  when: string; // the day it is due, or that it has none
  left: string; // how far that is
  late: boolean;
  text: string;
  who: string;
  document: string;
  href: string; // of the document's own page
  record: string;
  issuer: string;
  moved: string; // who set the state, and when
}

interface Column {
  state: string;
  many: number; // in all, more than are sent
}

interface Square {
  day: number;
  iso: string;
  told: string;
  out: boolean; // of the month before or after
  today: boolean;
  cards: { text: string; kind: "open" | "late" | "done" | "own"; record: string }[];
  rest: number; // tasks and deadlines of the day that have no card
}

/** ``turn`` counts what was asked for: a move that was refused draws the tasks anew as well. */
type Data = { turn: number } & (
  | { view: "list"; states: string[]; tasks: Task[] }
  | { view: "board"; states: string[]; columns: Column[]; tasks: Task[] }
  | { view: "calendar"; names: string[]; weeks: Square[][] }
);

interface Component {
  data: Data | null;
  parentElement: HTMLElement | ShadowRoot;
  setTriggerValue: (name: string, value: unknown) => void;
}

type Tell = Component["setTriggerValue"];

export default function show({ data, parentElement, setTriggerValue }: Component): void {
  const root = parentElement.querySelector<HTMLElement>(".tasks");
  if (!root || !data) return;
  const told = JSON.stringify(data);
  if (root.dataset.told === told) return; // called again while what was asked for is being done
  const held = focused(parentElement);
  root.dataset.told = told;
  root.className = `tasks ${data.view}`;
  root.replaceChildren(...drawn(data, setTriggerValue));
  restore(root, held);
}

function drawn(data: Data, tell: Tell): HTMLElement[] {
  if (data.view === "calendar") return [calendar(data.names, data.weeks, tell)];
  if (data.view === "list") return data.tasks.map((task) => line(data.states, task, tell));
  return data.columns.map((one) => column(one, data.states, data.tasks, tell));
}

function line(all: string[], task: Task, tell: Tell): HTMLElement {
  return el("div", { class: "line", "data-id": task.id },
    el("div", {}, el("div", { text: task.when }), el("div", { class: task.late ? "late" : "soon", text: task.left })),
    el("div", {},
      el("div", { class: "clip", title: task.text, text: task.text }),
      foot(task, tell, task.issuer, task.moved),
    ),
    states(all, task, tell),
  );
}

function column({ state, many }: Column, all: string[], tasks: Task[], tell: Tell): HTMLElement {
  const mine = tasks.filter((task) => task.state === state);
  const rest = many - mine.length;
  return el("section", { "aria-label": capital(state) },
    el("h2", { text: `${capital(state)} (${counted(many)})` }),
    ...mine.map((task) => card(all, task, tell)),
    many ? null : el("p", { class: "soon", text: "Chưa có việc nào." }),
    rest > 0 ? el("p", { class: "soon", text: `… và ${counted(rest)} việc nữa: lọc theo thời hạn hoặc đơn vị, hoặc xem Danh sách.` }) : null,
  );
}

function card(all: string[], task: Task, tell: Tell): HTMLElement {
  const when = [task.when, task.left].filter(Boolean).join(" · ");
  const others = all.filter((state) => state !== task.state);
  return el("article", { "data-id": task.id },
    el("div", { class: task.late ? "late" : "when", text: when }),
    el("div", { class: "clip four", title: task.text, text: task.text }),
    foot(task, tell),
    el("div", { class: "moves" },
      ...others.map((state) =>
        el("button", { type: "button", text: capital(state), title: `Chuyển sang «${state}»`, click: (event: Event) => move(event, task, state, tell) }),
      ),
    ),
  );
}

function calendar(names: string[], weeks: Square[][], tell: Tell): HTMLElement {
  const head = el("tr", {}, ...names.map((name) => el("th", { scope: "col", text: name })));
  const rows = weeks.map((week) => el("tr", {}, ...week.map((square) => day(square, tell))));
  return el("table", { "aria-label": "Lịch nhiệm vụ" }, el("thead", {}, head), el("tbody", {}, ...rows));
}

function day(square: Square, tell: Tell): HTMLElement {
  const cards = square.cards.map(({ text, kind, record }) =>
    el("button", { type: "button", class: `card ${kind}`, title: text, text, click: () => tell("open", record) }),
  );
  const rest = `và ${counted(square.rest)} việc nữa`;
  return el("td", { class: [square.out ? "out" : "", square.today ? "now" : ""].join(" ") },
    el("b", { text: String(square.day) }),
    ...cards,
    square.rest ? el("button", { type: "button", class: "rest", text: rest, title: `Xem ngày ${square.told}`, click: () => tell("day", square.iso) }) : null,
  );
}

/** Who does it, and the document that says so, which opens here rather than by loading the whole app anew. */
function foot(task: Task, tell: Tell, ...more: string[]): HTMLElement {
  const open = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    tell("open", task.record);
  };
  const link = el("a", { href: task.href, target: "_self", text: task.document, click: open });
  const who = task.who ? [el("b", { text: task.who }), " · "] : [];
  return el("div", { class: "foot" }, ...who, link, ...more.filter(Boolean).map((one) => ` · ${one}`));
}

function states(all: string[], task: Task, tell: Tell): HTMLElement {
  const change = (event: Event) => move(event, task, (event.target as HTMLSelectElement).value, tell);
  return el("select", { "aria-label": `Trạng thái của «${task.text.slice(0, 60)}»`, class: task.state === "xong" ? "done" : "", change },
    ...all.map((state) => el("option", { value: state, text: capital(state), selected: state === task.state })),
  );
}

function move(event: Event, task: Task, state: string, tell: Tell): void {
  (event.target as HTMLElement).closest<HTMLElement>("[data-id]")?.classList.add("moving");
  tell("moved", { id: task.id, from: task.state, to: state });
}

interface Held {
  id: string;
  place: number;
}

/** Which task has the keyboard, and where it stands: the next run draws everything anew. */
function focused(parent: HTMLElement | ShadowRoot): Held | null {
  const active = (parent.getRootNode() as Document | ShadowRoot).activeElement;
  const row = active?.closest<HTMLElement>("[data-id]");
  if (!row || !parent.contains(row)) return null;
  return { id: row.dataset.id ?? "", place: [...parent.querySelectorAll("[data-id]")].indexOf(row) };
}

function restore(root: HTMLElement, held: Held | null): void {
  if (!held) return;
  const rows = [...root.querySelectorAll<HTMLElement>("[data-id]")];
  const row = rows.find((one) => one.dataset.id === held.id) ?? rows[Math.min(held.place, rows.length - 1)];
  row?.querySelector<HTMLElement>("select, button")?.focus({ preventScroll: true });
}

function counted(many: number): string {
  return many.toLocaleString("vi");
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
