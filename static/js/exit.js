/**
 * The quick exit, inlined first in <head> of every page; the server puts in __TARGET__.
 *
 * An exit sets one flag in this tab (sessionStorage "x") and replaces the page. With the flag, every
 * page of ours that Back leads to replaces itself too; coming here in any other way clears it. A page
 * that is left is hidden, so that the back-forward cache never flashes it. Expects links with [data-exit], one of them of
 * class exit, data-loading and data-presses ("{n} …"); without one only the bounce works.
 *
 * Its blanks and comments are taken out before it is inlined and its functions' declarations joined, so
 * every statement ends with a semicolon and no text holds a blank beside a sign.
 */
(() => {
  const page = document, root = page.documentElement;
  // A browser that keeps nothing still leaves; Back is then not held.
  let kept = {}, left, veil, said, times = 0, wait;
  try { kept = sessionStorage; } catch {}

  const hide = v => { root.style.visibility = v; };
  const go = () => { hide("hidden"); location.replace("__TARGET__"); };
  const show = () => {
    if (!left && !kept.x) {
      veil?.remove();
      hide("");
    }
  };
  const put = role => {
    const p = root.appendChild(page.createElement("p"));
    p.setAttribute("role", role);
    // What is said is Swedish on every page.
    p.lang = "sv";
    return p;
  };
  const link = () => page.querySelector(".exit");
  const exit = () => {
    kept.x = left = 1;
    veil = put("alert");
    veil.style.cssText = "all:initial;position:fixed;inset:0;color-scheme:light dark;background:Canvas";
    veil.textContent = link().dataset.loading;
    go();
  };
  const count = n => {
    times = n;
    // A live region is heard only when it was there before its words.
    setTimeout(() => said && (said.textContent = times ? link().dataset.presses.replace("{n}", times) : ""), 50);
  };

  if (kept.x) {
    if (performance.getEntriesByType("navigation")[0]?.type == "back_forward") go();
    else delete kept.x;
  }
  // Firefox gives a page in its back-forward cache a flag of its own, as it was. Holding a lock keeps a page
  // out of that cache; nothing is stored, and it is let go with the page.
  navigator.locks?.request("x", {mode: "shared"}, () => new Promise(() => {}));
  page.onvisibilitychange = onfocus = show;
  onpageshow = e => {
    if (e.persisted) { left = 0; kept.x ? go() : show(); }
  };
  onpagehide = () => {
    hide("hidden");
    page.querySelectorAll("form[data-forget]").forEach(f => f.reset());
  };
  onclick = e => {
    if (e.target.closest("[data-exit]")) { e.preventDefault(); exit(); }
  };
  onkeydown = e => {
    if (!link() || e.repeat) return;
    clearTimeout(wait);
    if (e.key != "Shift") return count(0);
    if (matchMedia("(pointer:coarse)").matches && /INPUT|TEXTAREA/.test(page.activeElement.tagName)) return;
    if (times > 1) return exit();
    said = said || put("status");
    said.className = "vh";
    count(times + 1);
    wait = setTimeout(count, 2000, 0);
  };
})();
