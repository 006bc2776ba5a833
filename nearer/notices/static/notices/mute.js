/* Lets this browser's subscription go. The server learns of it when it next calls, and forgets the place. */
import { managers } from "./managers.js";

const button = document.querySelector("[data-mute]");
const said = document.querySelector("[data-mute-said]");

async function mute() {
  for (const push of await managers()) await (await push.getSubscription())?.unsubscribe();
  button.hidden = true;
  said.textContent = said.dataset.done;
}

button.hidden = false;
button.addEventListener("click", mute);
