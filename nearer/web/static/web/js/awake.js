/* Who listens does not touch the screen, so it is asked to stay lit: while a step is live, which is as long as it can be
   paused. Not while they pause, wait for each other or write letters, not once it is over, and not in a hidden window. */
const LIVE = '#stage:not(.in-letters) form[data-move="Pause"]';
let lock = null;
let asking = false;

const wanted = () => !document.hidden && Boolean(document.querySelector(LIVE));

async function look() {
  if (asking || !navigator.wakeLock || wanted() === Boolean(lock && !lock.released)) return;
  asking = true;
  try {
    if (wanted()) lock = await navigator.wakeLock.request("screen");
    else await lock.release();
  } catch {
    // A device that spares its power lends none.
    lock = null;
    return;
  } finally {
    asking = false;
  }
  // It may have been paused meanwhile.
  look();
}

document.addEventListener("visibilitychange", look);
document.addEventListener("nearer:stage", look);
look();
