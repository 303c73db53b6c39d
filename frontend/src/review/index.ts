// The desk: a page with its evidence on the left, the form on the right, the keyboard over both.

import { el } from "../dom";
import { fillWindow, listen, send } from "../streamlit";
import { Form } from "./form";
import type { Args, Box } from "./model";
import { Pages, type Spot } from "./pages";

const root = document.getElementById("root")!;
let args: Args | null = null;
let shown = ""; // id and version that stand in the form
let answered = ""; // the last answer of the app that was taken in

const pages = new Pages({
  pick: (pointer) => form.focusField(pointer),
  point: (pointer) => light(pointer, false),
  drawn: (page, box) => choose(page, box),
  want: (wanted) => send({ action: "page", pages: wanted }),
});
const form = new Form({
  focus: (pointer) => light(pointer, true),
  point: (pointer) => light(pointer ?? form.focused, pointer !== null),
  image: (page) => pages.image(page),
  looked: () => {
    foot.querySelector<HTMLElement>("button.primary, button")?.focus();
    arrived = performance.now();
  },
});
let arrived = 0; // when Enter last came to the buttons: a key pressed in passing must not confirm
const message = el("div", { class: "message", role: "status" });
const chooser = el("div", { class: "chooser", hidden: true });
const bar = el("div", { class: "toolbar" });
const foot = el("footer");
const right = el("div", { class: "right" }, form.root, message, foot);
root.append(el("div", { class: "left" }, bar, pages.root, chooser), right);

const tools: [string, string, () => void][] = [
  ["−", "Thu nhỏ (Alt −)", () => pages.zoomBy(1 / 1.2)],
  ["+", "Phóng to (Alt +)", () => pages.zoomBy(1.2)],
  ["Vừa", "Vừa bề ngang (Alt 0)", () => pages.fit()],
  ["⟳", "Xoay trang (Alt R)", () => pages.rotate()],
  ["‹", "Trang trước (Alt PageUp)", () => pages.step(-1)],
  ["›", "Trang sau (Alt PageDown)", () => pages.step(1)],
];
for (const [text, title, run] of tools) {
  const button = el("button", { type: "button", title, "aria-label": title, text });
  button.addEventListener("click", run);
  bar.append(button);
}
const hint = el("span", { class: "hint" });
bar.append(hint);

function light(pointer: string | null, scroll: boolean): void {
  pages.light(pointer, scroll);
  form.light(pointer);
}

function choose(page: number, box: Box): void {
  const targets = form.targets();
  if (!targets.length) return;
  const select = el("select", { "aria-label": "Đọc vào trường" });
  for (const target of targets) select.append(el("option", { value: target.pointer, text: target.title }));
  if (form.focused && targets.some((one) => one.pointer === form.focused)) select.value = form.focused;
  const read = el("button", { type: "button", class: "primary", text: "Đọc lại" });
  const close = () => {
    chooser.hidden = true;
  };
  read.addEventListener("click", () => {
    send({ action: "reread", page, box, pointer: select.value });
    say("Đang đọc lại vùng đã khoanh…");
    close();
  });
  const cancel = el("button", { type: "button", text: "Thôi" });
  cancel.addEventListener("click", close);
  chooser.replaceChildren(el("span", { text: "Đọc vùng này vào" }), select, read, cancel);
  chooser.hidden = false;
  read.focus();
}

function say(text: string, kind = ""): void {
  message.className = `message ${kind}`;
  message.textContent = text;
}

let register: HTMLInputElement | null = null;
let busy = false;

function finish(action: "confirm" | "save" | "skip"): void {
  if (!args || busy) return;
  if (action !== "skip" && !args.editable) return;
  if (action === "confirm" && !args.confirmable) return;
  form.settle();
  const changes = action === "skip" ? [] : form.changes();
  if (action === "save" && !changes.length) {
    say("Chưa có gì thay đổi.");
    return;
  }
  busy = true;
  say(action === "confirm" ? "Đang xác nhận…" : action === "save" ? "Đang lưu…" : "");
  send({ action, id: args.id, version: args.version, changes, register: register?.checked ?? false });
}

function footer(): void {
  if (!args || args.mode !== "review") {
    foot.replaceChildren();
    foot.hidden = true;
    return;
  }
  const parts: HTMLElement[] = [];
  const button = (text: string, title: string, action: "confirm" | "save" | "skip", primary = false) => {
    const made = el("button", { type: "button", title, class: primary ? "primary" : "", text });
    made.addEventListener("click", () => finish(action));
    parts.push(made);
  };
  if (args.confirmable) button(args.next ? "Xác nhận và sang văn bản sau" : "Xác nhận", "Ctrl + Enter", "confirm", true);
  if (args.editable) button("Lưu, chưa xác nhận", "Ctrl + S", "save");
  if (args.next) button("Để sau", "Alt + N", "skip");
  register = null;
  if (args.register !== null && args.confirmable) {
    register = el("input", { type: "checkbox", id: "register" });
    register.checked = args.register;
    parts.push(el("label", { class: "check", for: "register" }, register, "Vào sổ văn bản đến khi xác nhận"));
  }
  foot.hidden = !parts.length;
  foot.replaceChildren(...parts);
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.repeat || (foot.contains(event.target as Node) && performance.now() - arrived < 600))) {
    // A key held down, or one press too many, walks nowhere: it must not run past the fields and confirm.
  } else if (event.ctrlKey && event.key === "Enter") finish("confirm");
  else if (event.ctrlKey && event.key.toLowerCase() === "s") finish("save");
  else if (event.altKey && event.key.toLowerCase() === "n") finish("skip");
  else if (event.altKey && event.key.toLowerCase() === "r") pages.rotate();
  else if (event.altKey && event.key === "PageDown") pages.step(1);
  else if (event.altKey && event.key === "PageUp") pages.step(-1);
  else if (event.altKey && (event.key === "+" || event.key === "=")) pages.zoomBy(1.2);
  else if (event.altKey && event.key === "-") pages.zoomBy(1 / 1.2);
  else if (event.altKey && event.key === "0") pages.fit();
  else if (event.key === "Escape" && !chooser.hidden) chooser.hidden = true;
  else if (event.key === "Enter" && !event.shiftKey && event.target instanceof HTMLElement && form.root.contains(event.target) && !(event.target instanceof HTMLButtonElement))
    form.enter(event.target);
  else if (event.altKey && /^[1-4]$/.test(event.key)) {
    if (!form.acceptIn(event.target, Number(event.key) - 1)) return;
  } else return;
  event.preventDefault();
});

function spots(given: Args): Spot[] {
  const found: Spot[] = [];
  for (const group of given.groups) {
    const fields = [...group.fields, ...(group.list?.items.flatMap((item) => item.fields) ?? [])];
    for (const field of fields) {
      for (const place of field.places) found.push({ pointer: field.pointer, flag: field.flag, place });
    }
  }
  for (const place of given.marks) found.push({ pointer: "/mark", flag: "hit", place });
  return found;
}

listen<Args>((given) => {
  const first = args === null;
  args = given;
  busy = false;
  const key = `${given.mode} ${given.id} ${given.version}`;
  const fresh = key !== shown;
  root.className = `${given.mode}${given.groups.length ? "" : " bare"}`;
  pages.show(given.pages, spots(given), given.rereadable && given.editable, fresh && !shown.startsWith(`${given.mode} ${given.id} `));
  const drawable = given.rereadable && given.editable && given.pages.some((page) => page.image);
  hint.textContent = drawable ? "Kéo chuột trên trang để đọc lại một vùng" : "";
  if (fresh) {
    shown = key;
    form.root.dataset.title = `${given.title} (${given.id})`;
    form.show(given.groups, given.editable);
    say("");
    if (given.mode === "review") form.focusFirst();
    if (given.openPage) pages.go(given.openPage);
  } else {
    form.refreshCrops();
  }
  footer();
  if (given.marks.length && (fresh || first)) window.setTimeout(() => pages.light("/mark", true), 150);
  const answer = given.reread?.token ?? given.refusal?.token ?? "";
  if (answer && answer !== answered) {
    answered = answer;
    if (given.reread && given.reread.token === answer) {
      const { text, pointer, page, box, confidence } = given.reread;
      if (text) {
        form.fill(pointer, text, page, [box]);
        say(`Đã đọc lại${confidence === null ? "" : ` (độ tin cậy ${Math.round(confidence * 100)}%)`}. Xem rồi xác nhận.`);
      } else say("Không đọc được chữ nào trong vùng này.", "bad");
    } else if (given.refusal) {
      if (!form.refuse(given.refusal.pointer, given.refusal.message)) say(given.refusal.message, "bad");
      else say("Có trường chưa đúng.", "bad");
    }
  }
  if (fresh || first) fillWindow(540);
});
