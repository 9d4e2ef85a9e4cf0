/**
 * The staff's main module: starts one module for every element that asks for it, as main.js does in public.
 * Every form works without any of them.
 */
const MODULES = new Set(["markdown-field", "typed-guard"]);

const start = (root) => {
  for (const element of root.querySelectorAll("[data-module]")) {
    const name = element.dataset.module;
    // Django's empty row is copied for each row that is added, and is started then.
    if (!MODULES.has(name) || element.closest(".empty-form")) continue;
    import(`./${name}.js`)
      .then((module) => module.default(element))
      .catch((error) => console.warn(`${name}: ${error.message}`));
  }
};

start(document);
document.addEventListener("formset:added", ({ target }) => start(target));
