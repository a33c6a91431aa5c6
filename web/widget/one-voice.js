/** One voice at a time on a page: whoever begins to speak silences the one that was speaking. */

/** @type {{stop: () => void} | null} */
let speaking = null;

/** @param {{stop: () => void}} player begins to speak */
export function takeTurn(player) {
  silence();
  speaking = player;
}

/** @param {{stop: () => void}} player is over */
export function endTurn(player) {
  if (speaking === player) speaking = null;
}

/** Whatever is being read aloud on this page stops: somebody is about to speak. */
export function silence() {
  speaking?.stop();
}
