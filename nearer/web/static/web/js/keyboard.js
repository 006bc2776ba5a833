/* Where a keyboard covers the page instead of shrinking it, the bar with the move stands above the keyboard. */
const seen = window.visualViewport;
const place = () => {
  const covered = Math.round(innerHeight - seen.height - seen.offsetTop);
  document.documentElement.style.setProperty("--keyboard", `${seen.scale > 1 ? 0 : Math.max(0, covered)}px`);
};
for (const change of ["resize", "scroll"]) seen?.addEventListener(change, place);

/* What has the focus is not left under the bar with the move. */
document.addEventListener("focusin", ({ target }) => {
  const bar = document.querySelector("#stage .seal, #stage .dock");
  if (!bar || bar.contains(target) || target.id === "stage") return;
  const under = target.getBoundingClientRect().bottom - bar.getBoundingClientRect().top;
  if (under > 0 && target.closest("a, button, summary, label, input, select")) scrollBy({ top: under + 16 });
});
