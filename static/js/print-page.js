/**
 * A button that prints the page. While the page is on its way to paper its address is the plain one, because
 * browsers print the address, and the answers of a case stand in it.
 *
 * Expects: a hidden button with data-address, the address without the answers; with data-brief what can wait is left out.
 */
export default function printPage(button) {
  if (!button.dataset.address) throw new Error("data-address missing");
  const whole = location.href;
  const show = (address) => history.replaceState(history.state, "", address);

  addEventListener("beforeprint", () => show(button.dataset.address));
  addEventListener("afterprint", () => {
    show(whole);
    document.body.classList.remove("print-brief");
  });
  button.addEventListener("click", () => {
    document.body.classList.toggle("print-brief", "brief" in button.dataset);
    print();
  });
  button.hidden = false;
}
