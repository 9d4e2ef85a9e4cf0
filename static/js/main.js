/**
 * Starts one module for every element that asks for it: [data-module="checklist"] is given
 * to the default function of ./checklist.js. The pages work without any of them; one that
 * fails leaves its element as the server wrote it.
 */
const MODULES = new Set(["checklist", "contact-filter", "print-page", "search-suggest"]);

for (const element of document.querySelectorAll("[data-module]")) {
  const name = element.dataset.module;
  if (!MODULES.has(name)) continue;
  import(`./${name}.js`)
    .then((module) => module.default(element))
    .catch((error) => console.warn(`${name}: ${error.message}`));
}
