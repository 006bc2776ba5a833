/* Ten cards in a hand: a tap on an answer brings the next card. Whoever goes by keyboard goes on by themselves. */
document.addEventListener("click", (event) => {
  const card = event.detail ? event.target.closest(".wish label")?.closest(".wish") : null;
  card?.nextElementSibling?.scrollIntoView({ block: "nearest", inline: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
});
