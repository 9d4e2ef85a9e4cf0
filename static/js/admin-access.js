/**
 * Gives a name to what Django's own scripts make without one: the search boxes of Select2 take it from the label
 * of the field that they stand for. What was there without JavaScript had its name already.
 */
const words = (element) => element?.textContent.trim().replace(/:$/, "") ?? "";

const nameOf = (select) => {
  const cell = select.closest("td");
  return words(select.labels?.[0]) || words(cell?.closest("table").tHead?.rows[0].cells[cell.cellIndex]) || "Välj";
};

const named = (box) => {
  const select = box.previousElementSibling;
  if (!select?.matches("select")) return;
  const name = nameOf(select);
  const single = box.querySelector(".select2-selection--single");
  if (single) {
    // The name alone would hide what is chosen.
    const chosen = single.querySelector(".select2-selection__rendered");
    const tell = () => single.setAttribute("aria-label", `${name}: ${words(chosen).replace(/^×/, "") || "inget valt"}`);
    single.removeAttribute("aria-labelledby");
    chosen.removeAttribute("role");
    chosen.removeAttribute("aria-readonly");
    tell();
    new MutationObserver(tell).observe(chosen, { childList: true, characterData: true, subtree: true });
    // What ARIA 1.1 called owning is controlling now.
    const controls = () => single.setAttribute("aria-controls", single.getAttribute("aria-owns") ?? "");
    new MutationObserver(controls).observe(single, { attributeFilter: ["aria-owns"] });
  }
  box.querySelector("ul.select2-selection__rendered")?.setAttribute("role", "presentation");
  box.querySelector(".select2-search__field")?.setAttribute("aria-label", name);
};

const dialog = (box, name) => {
  box.setAttribute("role", "dialog");
  box.setAttribute("aria-label", name);
};

const opened = (box) => {
  dialog(box, "Välj");
  box.querySelector(".select2-search__field")?.setAttribute("aria-label", "Sök");
  box.querySelector(".select2-results__options")?.setAttribute("aria-label", "Förslag");
};

const mend = (root) => {
  for (const box of root.querySelectorAll(".select2-container")) {
    if (box.querySelector(".select2-dropdown")) opened(box);
    else named(box);
  }
  for (const box of root.querySelectorAll(".calendarbox")) dialog(box, "Välj dag");
  for (const box of root.querySelectorAll(".clockbox")) dialog(box, "Välj tid");
  for (const tip of root.querySelectorAll(".help-tooltip[aria-label]")) tip.setAttribute("role", "img");
  for (const head of root.querySelectorAll("th.original:empty")) {
    const text = document.createElement("span");
    text.className = "visually-hidden";
    text.textContent = "Raden nu";
    head.append(text);
  }
};

mend(document);
new MutationObserver((changes) => {
  for (const { addedNodes } of changes) {
    for (const node of addedNodes) if (node.nodeType === Node.ELEMENT_NODE && node.parentElement) mend(node.parentElement);
  }
}).observe(document.body, { childList: true, subtree: true });
