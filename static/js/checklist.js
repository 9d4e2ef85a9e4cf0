/**
 * Counts the ticked boxes of a form and says so in its [role=status].
 *
 * Expects: a form with checkboxes, a [role=status] and data-text="{n} av {m} klara".
 * Keeps nothing: the state lives in the page alone and is cleared when the page is left.
 */
export default function checklist(form) {
  const status = form.querySelector("[role=status]");
  const boxes = [...form.querySelectorAll("input[type=checkbox]")];
  const text = form.dataset.text;
  if (!status || !text || boxes.length === 0) throw new Error("status, text or boxes missing");

  let waiting;
  const count = () => {
    const done = boxes.filter((box) => box.checked).length;
    status.textContent = text.replace("{n}", done).replace("{m}", boxes.length);
  };
  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(count, 300);
  };

  form.addEventListener("change", soon);
  form.addEventListener("reset", soon);
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("pagehide", () => form.reset());
  addEventListener("pageshow", count);
  count();
}
