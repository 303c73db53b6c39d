// The right side: the form.  Flagged fields come first; every field knows its evidence, its doubts and its suggestions.

import { el } from "../dom";
import type { Box, Change, Field, Group, Item } from "./model";

interface Events {
  focus: (pointer: string) => void;
  point: (pointer: string | null) => void;
  image: (page: number) => string | null;
  looked: () => void; // the last of what is asked for was passed with Enter
}

interface Control {
  field: Field;
  input: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
  row: HTMLElement;
  seen?: { page: number; boxes: Box[] };
}

const DOUBTFUL = ["missing", "unreadable", "low", "inferred"];
const FLAG_WORDS: Record<string, string> = {
  missing: "chưa có", unreadable: "không đọc được", inferred: "suy ra", low: "độ tin cậy thấp",
  check: "nên xem lại", corrected: "người sửa", ok: "", empty: "",
};

const MOST_OFFERED = 4;

export class Form {
  readonly root = el("section", { class: "form", "aria-label": "Bản ghi" });
  private controls = new Map<string, Control>();
  private removed = new Set<string>();
  private added: { pointer: string; controls: Control[] }[] = [];
  private editable = false;
  focused: string | null = null;

  constructor(private events: Events) {}

  show(groups: Group[], editable: boolean): void {
    this.editable = editable;
    this.controls.clear();
    this.removed.clear();
    this.added = [];
    this.focused = null;
    const all = groups.flatMap((group) => [...group.fields, ...(group.list?.items.flatMap((item) => item.fields) ?? [])]);
    const asked = all.filter((field) => field.first);
    const parts: HTMLElement[] = [];
    if (asked.length) {
      const rows = asked.map((field) => this.row({ ...field, title: [field.within, field.title].filter(Boolean).join(" › ") }));
      parts.push(el("h2", { class: "first", text: `Cần xem (${asked.length})` }), el("div", { class: "asked" }, ...rows));
    }
    const doubtful = all.filter((field) => !field.first && DOUBTFUL.includes(field.flag));
    if (doubtful.length) parts.push(this.pointers(doubtful));
    for (const group of groups) {
      const rest = group.fields.filter((field) => !field.first);
      if (!rest.length && !group.list) continue;
      if (group.list) parts.push(...this.list(group));
      else parts.push(el("h2", { text: group.name }), ...rest.map((field) => this.row(field)));
    }
    this.root.replaceChildren(...parts);
    this.root.scrollTop = 0;
    this.root.querySelectorAll("textarea").forEach(grow);
  }

  focusFirst(): void {
    const first = [...this.controls.values()].find((control) => !control.input.disabled);
    first?.input.focus({ preventScroll: true });
  }

  focusField(pointer: string): void {
    const control = this.controls.get(pointer) ?? [...this.controls.values()].find((one) => one.field.pointer.startsWith(`${pointer}/`));
    if (!control) return;
    control.row.scrollIntoView({ block: "center", behavior: "smooth" });
    control.input.focus({ preventScroll: true });
  }

  light(pointer: string | null): void {
    for (const [key, control] of this.controls) {
      control.row.classList.toggle("lit", pointer !== null && (key === pointer || key.startsWith(`${pointer}/`)));
    }
  }

  /** The field after ``from``; after the last of those that are asked for nothing more has to be looked at. */
  next(from: EventTarget | null): void {
    const asked = from instanceof HTMLElement ? from.closest<HTMLElement>(".asked") : null;
    const inputs = [...(asked ?? this.root).querySelectorAll<HTMLElement>("input, textarea, select")].filter(
      (one) => !(one as HTMLInputElement).disabled,
    );
    const following = inputs[inputs.indexOf(from as HTMLElement) + 1];
    if (following) following.focus();
    else this.events.looked();
  }

  fill(pointer: string, value: string, page: number, boxes: Box[]): void {
    const control = this.controls.get(pointer);
    if (!control) return;
    control.input.value = value;
    control.seen = { page, boxes };
    this.mark(control);
    if (control.input instanceof HTMLTextAreaElement) grow(control.input);
    this.focusField(pointer);
  }

  refuse(pointer: string, message: string): boolean {
    const key = [...this.controls.keys()].find((one) => one === pointer || one.startsWith(`${pointer}/`));
    const control = key ? this.controls.get(key) : undefined;
    if (!control) return false;
    control.row.querySelector(".refusal")?.remove();
    control.row.append(el("div", { class: "refusal", role: "alert", text: message }));
    this.focusField(control.field.pointer);
    return true;
  }

  /** Every field that an area may be read into, by title. */
  targets(): { pointer: string; title: string }[] {
    return [...this.controls.values()]
      .filter((control) => ["text", "long", "date"].includes(control.field.kind) && !control.input.disabled)
      .map((control) => ({ pointer: control.field.pointer, title: control.field.title }));
  }

  changes(): Change[] {
    const found: Change[] = [];
    for (const [pointer, control] of this.controls) {
      const gone = [...this.removed].some((item) => pointer === item || pointer.startsWith(`${item}/`));
      if (gone || control.field.kind === "fixed" || control.input.value === control.field.value) continue;
      found.push({ op: "set", pointer, value: control.input.value, ...(control.seen ?? {}) });
    }
    // Later items first, so that the places of the earlier ones still hold.
    const place = (pointer: string) => Number(pointer.split("/").pop());
    for (const pointer of [...this.removed].sort((a, b) => place(b) - place(a))) {
      found.push({ op: "remove", pointer, value: "" });
    }
    for (const item of this.added) {
      const values: Record<string, string> = {};
      for (const control of item.controls) {
        if (control.input.value.trim()) values[control.field.pointer] = control.input.value;
      }
      if (Object.keys(values).length) found.push({ op: "insert", pointer: `${item.pointer}/-`, value: values });
    }
    return found;
  }

  /** Crops of the ink are drawn again when a page's picture arrives. */
  refreshCrops(): void {
    for (const control of this.controls.values()) this.crop(control, control.row.classList.contains("active"));
  }

  private list(group: Group): HTMLElement[] {
    const list = group.list!;
    const body = el("div", { class: "items" });
    const count = el("span", { class: "count", text: String(list.items.length) });
    const head = el("h2", {}, group.name, " ", count);
    for (const item of list.items) body.append(this.item(item));
    const parts: HTMLElement[] = [head, body];
    if (this.editable) {
      const add = el("button", { type: "button", class: "add", text: `+ ${list.add}` });
      add.addEventListener("click", () => {
        const controls: Control[] = [];
        const card = el("div", { class: "item new" });
        for (const field of list.blank) {
          const row = this.row({ ...field }, `new${this.added.length}/${field.pointer}`);
          controls.push(this.controls.get(`new${this.added.length}/${field.pointer}`)!);
          this.controls.delete(`new${this.added.length}/${field.pointer}`);
          card.append(row);
        }
        this.added.push({ pointer: list.pointer, controls });
        body.append(card);
        controls[0]?.input.focus();
      });
      parts.push(add);
    }
    return parts;
  }

  /** Doubts of less weight, each by a button that leads to its place in the form. */
  private pointers(fields: Field[]): HTMLElement {
    const places = new Map<string, Field[]>(); // an item with several doubts is one place to look at
    for (const field of fields) {
      const place = field.within || field.title;
      places.set(place, [...(places.get(place) ?? []), field]);
    }
    const box = el("div", { class: "doubts" }, el("span", { text: `Nên xem thêm (${places.size}):` }));
    for (const [place, [field, ...more]] of places) {
      const what = [field, ...more].map((one) => one.title).join(", ");
      const link = el("button", { type: "button", class: field.flag, title: field.within ? `${place}: ${what}` : what, text: place });
      link.addEventListener("click", () => this.focusField(field.pointer));
      link.addEventListener("mouseenter", () => this.events.point(field.pointer));
      link.addEventListener("mouseleave", () => this.events.point(null));
      box.append(link);
    }
    return box;
  }

  private item(item: Item): HTMLElement {
    const card = el("div", { class: "item", "data-pointer": item.pointer });
    const head = el("div", { class: "item-head" }, el("span", { text: item.title }));
    card.append(head, ...item.fields.filter((field) => !field.first).map((field) => this.row(field)));
    card.addEventListener("mouseenter", () => this.events.point(item.pointer));
    card.addEventListener("mouseleave", () => this.events.point(null));
    if (this.editable) {
      const remove = el("button", { type: "button", class: "remove", title: "Bỏ mục này", "aria-label": `Bỏ ${item.title}`, text: "×" });
      remove.addEventListener("click", () => {
        const gone = !this.removed.delete(item.pointer);
        if (gone) this.removed.add(item.pointer);
        card.classList.toggle("gone", gone);
        remove.textContent = gone ? "↺" : "×";
        remove.title = gone ? "Giữ lại mục này" : "Bỏ mục này";
      });
      head.append(remove);
    }
    return card;
  }

  private row(field: Field, key = field.pointer): HTMLElement {
    const id = `f-${key.replaceAll("/", "-")}`;
    const input = this.input(field, id);
    const badge = el("span", { class: `badge ${field.flag}`, text: FLAG_WORDS[field.flag] });
    const hand = field.value && field.places.some((one) => one.hand) ? "viết tay" : "";
    if (field.confidence !== null && field.flag !== "corrected") {
      badge.textContent = [hand, FLAG_WORDS[field.flag], `${Math.round(field.confidence * 100)}%`].filter(Boolean).join(" · ");
    }
    const row = el("div", { class: `row ${field.flag}`, "data-pointer": field.pointer });
    row.append(el("label", { for: id }, field.title), badge, input);
    if (field.kind === "text" && field.choices.length) {
      row.append(el("datalist", { id: `${id}-list` }, ...field.choices.map((value) => el("option", { value }))));
    }
    const note = [field.note, completion(field)].filter(Boolean).join(" ");
    if (note) row.append(el("div", { class: "note", text: note }));
    const control: Control = { field, input, row };
    this.controls.set(key, control);
    const ink = el("div", { class: "ink" });
    if (field.suggestions.length && this.editable) ink.append(this.offers(control));
    row.append(ink);
    input.addEventListener("blur", () => this.complete(control));
    row.addEventListener("mouseenter", () => this.events.point(field.pointer));
    row.addEventListener("mouseleave", () => this.events.point(null));
    input.addEventListener("focus", () => {
      this.focused = field.pointer;
      this.root.querySelectorAll(".row.active").forEach((one) => one.classList.remove("active"));
      row.classList.add("active");
      this.crop(control, true);
      this.events.focus(field.pointer);
    });
    input.addEventListener("input", () => {
      this.mark(control);
      if (input instanceof HTMLTextAreaElement) grow(input);
    });
    this.crop(control, false);
    return row;
  }

  /** Other readings beside the ink: a click, Enter in the empty field, or Alt and its number takes one. */
  private offers(control: Control): HTMLElement {
    const box = el("div", { class: "offers" }, el("span", { text: "Gợi ý:" }));
    control.field.suggestions.slice(0, MOST_OFFERED).forEach((one, at) => {
      const sure = one.confidence === null ? "" : ` ${Math.round(one.confidence * 100)}%`;
      const key = at === 0 && !control.field.value ? "↵" : `Alt ${at + 1}`;
      const offer = el("button", { type: "button", class: one.hand ? "hand" : "", title: `Nhận gợi ý này (${key})` });
      offer.append(el("kbd", { text: key }), ` ${one.text}`, el("span", { class: "sure", text: sure }));
      offer.addEventListener("click", () => this.accept(control, at));
      box.append(offer);
    });
    return box;
  }

  private accept(control: Control, at: number): boolean {
    const one = control.field.suggestions[at];
    if (!one || control.input.disabled) return false;
    control.input.value = one.text;
    // The ink is where the person saw it.
    const place = control.field.places.find((here) => here.boxes.length);
    if (place) control.seen = { page: place.page, boxes: place.boxes };
    this.mark(control);
    if (control.input instanceof HTMLTextAreaElement) grow(control.input);
    control.input.focus();
    return true;
  }

  private holding(target: EventTarget | null): Control | undefined {
    return [...this.controls.values()].find((control) => control.input === target);
  }

  /** Take suggestion ``at`` into the field that has the keyboard; false when it has none. */
  acceptIn(target: EventTarget | null, at: number): boolean {
    const control = this.holding(target);
    return control !== undefined && this.accept(control, at);
  }

  /** Enter: an empty field takes its first suggestion and stays, to be looked at; any other goes on to the next. */
  enter(target: EventTarget | null): void {
    const control = this.holding(target);
    if (control && !control.input.value && !control.field.value && this.accept(control, 0)) return;
    if (control) this.complete(control);
    this.next(target);
  }

  /** Fill up what is still being typed: a key may send the form while the hand is in a field. */
  settle(): void {
    this.controls.forEach((control) => this.complete(control));
  }

  /** What was typed of a number or a day is filled up with what is printed round the ink. */
  private complete(control: Control): void {
    const { complete } = control.field;
    const typed = control.input.value.trim();
    if (!complete || !typed) return;
    let whole = typed;
    if (complete.tail && /^\d+[a-zA-Z]?$/.test(typed)) whole = typed + complete.tail;
    const day = /^(\d{1,2})(?:\s*[/.-]\s*(\d{1,2}))?$/.exec(typed);
    if (complete.year && day) {
      const month = day[2] ?? complete.month;
      if (month) whole = `${day[1].padStart(2, "0")}/${month.padStart(2, "0")}/${complete.year}`;
    }
    if (whole === control.input.value) return;
    control.input.value = whole;
    this.mark(control);
  }

  private input(field: Field, id: string): Control["input"] {
    const disabled = !this.editable || field.kind === "fixed";
    if (field.kind === "long" || field.kind === "lines") {
      const area = el("textarea", { id, rows: 1, disabled, spellcheck: "false" });
      area.value = field.value;
      return area;
    }
    if (field.kind === "choice") {
      const select = el("select", { id, disabled });
      for (const choice of ["", ...field.choices]) select.append(el("option", { value: choice, text: choice || "—" }));
      if (field.value && !field.choices.includes(field.value)) select.append(el("option", { value: field.value, text: field.value }));
      select.value = field.value;
      return select;
    }
    const input = el("input", {
      id, disabled, type: "text", autocomplete: "off", spellcheck: "false",
      placeholder: field.kind === "date" ? "ngày/tháng/năm" : undefined,
      inputmode: field.kind === "date" ? "numeric" : undefined,
    });
    input.value = field.value;
    if (field.choices.length) input.setAttribute("list", `${id}-list`);
    return input;
  }

  private mark(control: Control): void {
    control.row.classList.toggle("changed", control.input.value !== control.field.value);
    control.row.querySelector(".refusal")?.remove();
  }

  /** The ink itself beside the field: always for what was written by hand or not read, else while one is in it. */
  private crop(control: Control, active: boolean): void {
    control.row.querySelector(".crop")?.remove();
    const { field } = control;
    const placed = field.places.filter((one) => one.boxes.length);
    const place = placed.find((one) => one.hand) ?? placed[0];
    const always = field.flag === "unreadable" || field.flag === "low" || (field.flag !== "check" && field.places.some((one) => one.hand));
    if (!place || !(always || active)) return;
    const url = this.events.image(place.page);
    if (!url) return;
    const [left, top, right, bottom] = around(place.boxes);
    const canvas = el("canvas", { class: "crop", role: "img", "aria-label": `Ảnh chỗ đọc ${field.title}` });
    const image = new Image();
    image.addEventListener("load", () => {
      const x = left * image.naturalWidth;
      const y = top * image.naturalHeight;
      const w = (right - left) * image.naturalWidth;
      const h = (bottom - top) * image.naturalHeight;
      if (w < 2 || h < 2) return;
      canvas.width = w;
      canvas.height = h;
      canvas.getContext("2d")?.drawImage(image, x, y, w, h, 0, 0, w, h);
    });
    image.src = url;
    control.row.querySelector(".ink")?.prepend(canvas);
  }
}

const CROP = 0.07; // of the page's height: about four lines

/** The first lines of a place; printed words to each side of a few strokes of ink, to see what they belong to. */
function around(boxes: Box[]): Box {
  let [left, top, right, bottom] = boxes[0];
  for (const box of boxes.slice(1)) {
    if (Math.max(bottom, box[3]) - Math.min(top, box[1]) > CROP) break;
    [left, top, right, bottom] = [Math.min(left, box[0]), Math.min(top, box[1]), Math.max(right, box[2]), Math.max(bottom, box[3])];
  }
  const narrow = right - left < 0.16;
  const x = narrow ? 0.06 : 0.012;
  return [Math.max(0, left - x), Math.max(0, top - 0.006), Math.min(1, right + (narrow ? 0.12 : x)), Math.min(1, bottom + 0.006)];
}

function completion(field: Field): string {
  const { complete } = field;
  if (!complete) return "";
  if (complete.tail) return `Chỉ cần gõ số: «${complete.tail}» được thêm khi rời ô.`;
  return complete.month ? "Chỉ cần gõ ngày." : "Chỉ cần gõ ngày/tháng.";
}

function grow(area: HTMLTextAreaElement): void {
  area.style.height = "auto";
  area.style.height = `${Math.min(220, area.scrollHeight + 2)}px`;
}
