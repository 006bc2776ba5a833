/* Where a keyboard covers the page instead of shrinking it, the bar with the move stands above the keyboard. */
const seen = window.visualViewport;
const place = () => {
  const covered = Math.round(innerHeight - seen.height - seen.offsetTop);
  document.documentElement.style.setProperty("--keyboard", `${seen.scale > 1 ? 0 : Math.max(0, covered)}px`);
};
for (const change of ["resize", "scroll"]) seen?.addEventListener(change, place);
