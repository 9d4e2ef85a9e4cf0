/**
 * Offers titles under a search field while one types. The list of titles is fetched at the first
 * focus and searched here: nothing that is typed leaves the browser before the form is sent.
 *
 * Expects: a form with an input[type=search], a [role=status], data-url (JSON rows of title, address,
 * kind) and the texts data-one, data-many ("{n} …") and data-none. A combobox with a listbox after
 * WAI-ARIA 1.2: arrows choose, Enter opens, Escape closes.
 */
import { fold } from "./contact-filter.js";

const MOST = 8;

export default function searchSuggest(form) {
  const input = form.querySelector("input[type=search]");
  const status = form.querySelector("[role=status]");
  const { url, one, many, none } = form.dataset;
  if (!input || !status || !url) throw new Error("input, status or address missing");

  const list = document.createElement("ul");
  list.id = `${input.id}-forslag`;
  list.className = "search__options";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Förslag");
  list.hidden = true;
  input.parentElement.append(list);
  const combobox = { role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" };
  for (const [name, value] of Object.entries(combobox)) input.setAttribute(name, value);

  let entries;
  let fetched;
  let chosen = -1;

  const fetchEntries = async () => {
    const rows = await fetch(url, { credentials: "omit" }).then((answer) => (answer.ok ? answer.json() : []));
    entries = rows.map(([title, address, kind]) => ({ title, address, kind, name: ` ${fold(title)}` }));
    if (document.activeElement === input && input.value !== input.defaultValue) offer();
  };

  const load = () => (fetched ??= fetchEntries().catch(() => (fetched = undefined)));

  const close = () => {
    chosen = -1;
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const option = ({ title, address, kind }, number) => {
    const item = document.createElement("li");
    item.id = `${list.id}-${number}`;
    item.className = "search__option";
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.dataset.address = address;
    item.append(title, Object.assign(document.createElement("span"), { className: "small", textContent: ` ${kind}` }));
    return item;
  };

  const offer = () => {
    if (!entries) return;
    const words = fold(input.value).split(" ").filter(Boolean);
    const found = entries.filter(({ name }) => words.length && words.every((word) => name.includes(` ${word}`)));
    const begins = ({ name }) => !name.startsWith(` ${words.join(" ")}`);
    found.sort((a, b) => begins(a) - begins(b) || a.name.length - b.name.length);
    list.replaceChildren(...found.slice(0, MOST).map(option));
    close();
    const count = list.children.length;
    if (count) {
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
    }
    status.textContent = !words.length ? "" : count === 0 ? none : count === 1 ? one : many.replace("{n}", count);
  };

  const choose = (number) => {
    const options = [...list.children];
    chosen = (number + options.length + 1) % (options.length + 1);
    options.forEach((item, at) => item.setAttribute("aria-selected", String(at === chosen)));
    if (chosen === options.length) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", options[chosen].id);
  };

  // A key pressed before the list has come waits for it.
  const move = async (by) => {
    await load();
    if (list.hidden && document.activeElement === input) offer();
    if (!list.hidden) choose(chosen < 0 && by < 0 ? list.children.length - 1 : chosen + by);
  };

  input.addEventListener("focus", load);
  input.addEventListener("input", offer);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") move(1);
    else if (event.key === "ArrowUp") move(-1);
    else if (list.hidden) return;
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && list.children[chosen]) location.assign(list.children[chosen].dataset.address);
    else return;
    event.preventDefault();
  });
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const item = event.target.closest("[role=option]");
    if (item && event.button === 0) location.assign(item.dataset.address);
  });
  addEventListener("pagehide", () => form.reset());
}
