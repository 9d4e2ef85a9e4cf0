/**
 * A field of Markdown with tools, figures, remarks at their lines and a preview that the server renders.
 *
 * Expects: what templates/admin/markdown_field.html writes. The toolbar is one stop for Tab, with arrows inside
 * (WAI-ARIA 1.2, toolbar). What is inserted goes through execCommand, so that Ctrl+Z takes it back.
 */
import { pick } from "./reference-picker.js";

const QUIET = 400;
const SURROUNDINGS = ["statute", "chapter", "language"];

export default function markdownField(field) {
  const area = field.querySelector("textarea");
  const tools = field.querySelector("[role=toolbar]");
  const [figures, remarks, shown] = ["figures", "remarks", "shown"].map((part) => field.querySelector(`.markdown__${part}`));
  const form = field.closest("form");
  if (!area || !tools || !form) throw new Error("text area, tools or form missing");

  // Until somebody has been in the text, what is inserted comes last.
  area.setSelectionRange(area.value.length, area.value.length);

  const insert = (text, from = area.selectionStart, to = area.selectionEnd) => {
    area.focus();
    area.setSelectionRange(from, to);
    if (!document.execCommand("insertText", false, text)) area.setRangeText(text, from, to, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const selected = () => area.value.slice(area.selectionStart, area.selectionEnd);

  /** Put a mark before each chosen line, or take it away where all have it. */
  const lines = (mark) => {
    const from = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
    const end = area.value.indexOf("\n", area.selectionEnd);
    const to = end < 0 ? area.value.length : end;
    const rows = area.value.slice(from, to).split("\n");
    const all = rows.every((row) => row.startsWith(mark));
    insert(rows.map((row) => (all ? row.slice(mark.length) : mark + row)).join("\n"), from, to);
  };

  const bold = () => {
    const at = area.selectionStart;
    const text = selected() || "fet text";
    insert(`**${text}**`);
    area.setSelectionRange(at + 2, at + 2 + text.length);
  };

  const link = () => {
    const at = area.selectionStart;
    const text = selected() || "länktext";
    insert(`[${text}](https://)`);
    area.setSelectionRange(at + text.length + 3, at + text.length + 11);
  };

  const act = { heading: () => lines("## "), bold, list: () => lines("- "), link };

  const refer = async (kind, label) => {
    const [from, to, text] = [area.selectionStart, area.selectionEnd, selected()];
    const found = await pick(kind, label, field.dataset.choices);
    if (found) insert(found.insert ?? `[${text || found.text}](${found.target})`, from, to);
    else area.focus();
  };

  tools.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (button?.dataset.tool) act[button.dataset.tool]();
    if (button?.dataset.pick) refer(button.dataset.pick, button.textContent.replace(" …", ""));
  });

  const buttons = [...tools.querySelectorAll("button")];
  const stop = (chosen) => buttons.forEach((button) => (button.tabIndex = button === chosen ? 0 : -1));
  tools.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(document.activeElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = buttons.at(to % buttons.length);
    stop(next);
    next.focus();
  });
  stop(buttons[0]);

  area.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey)) return;
    const name = event.altKey ? { Digit2: "heading", Digit8: "list" }[event.code] : { b: "bold", k: "link" }[event.key];
    if (!name) return;
    event.preventDefault();
    act[name]();
  });

  let asked;
  let waiting;
  const draw = ({ html, remarks: found, words, lix, limit }) => {
    shown.innerHTML = html;
    const hard = lix === null ? "" : ` · LIX ${lix}${lix > limit ? ` (målet är högst ${limit})` : ""}`;
    figures.textContent = `${words} ord · ${area.value.length} tecken${hard}`;
    remarks.replaceChildren(...found.map(remark));
    remarks.hidden = !found.length;
  };

  const remark = ({ line, message, stops }) => {
    const item = document.createElement("li");
    item.className = stops ? "markdown__remark markdown__remark--stops" : "markdown__remark";
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: `Rad ${line}` });
    button.addEventListener("click", () => {
      const rows = area.value.split("\n");
      const from = rows.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
      area.focus();
      area.setSelectionRange(from, from + (rows[line - 1] ?? "").length);
    });
    item.append(button, ` ${stops ? "Måste rättas: " : ""}${message}`);
    return item;
  };

  const ask = async () => {
    asked?.abort();
    asked = new AbortController();
    const body = new FormData();
    const token = form.elements.csrfmiddlewaretoken.value;
    const { kind, path } = field.dataset;
    const key = form.elements.key?.value ?? form.querySelector("[data-key]")?.dataset.key ?? "";
    for (const [name, value] of Object.entries({ kind, path, key, text: area.value })) body.append(name, value);
    for (const name of SURROUNDINGS) if (form.elements[name]?.value) body.append(name, form.elements[name].value);
    try {
      const answer = await fetch(field.dataset.shown, { method: "POST", body, headers: { "X-CSRFToken": token }, signal: asked.signal });
      if (!answer.ok) throw new Error(answer.status);
      draw(await answer.json());
      shown.classList.remove("markdown__shown--old");
    } catch (error) {
      // The writing goes on; what stands beside it is only no longer the newest.
      if (error.name !== "AbortError") shown.classList.add("markdown__shown--old");
    }
  };

  area.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, QUIET);
  });
  // A link in the preview would lead away from what is being written.
  shown.addEventListener("click", (event) => event.target.closest("a") && event.preventDefault());

  for (const part of [tools, figures, shown]) part.hidden = false;
  // It stands before the form's own buttons, and Enter in a line of text presses the first one.
  field.querySelector(".markdown__plain").remove();
  // A form may have many texts: each is asked for when it comes into sight.
  const nearby = ([seen], observer) => {
    if (!seen.isIntersecting) return;
    observer.disconnect();
    ask();
  };
  new IntersectionObserver(nearby, { rootMargin: "50%" }).observe(field);
}
