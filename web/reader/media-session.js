/** The reading on the lock screen and under the media keys. */

/** How long a character takes at the usual speed, seconds: lengths of what is not fetched yet can only be guessed. */
const CHARACTER_SECONDS = 0.23;

/**
 * Show a player's reading to the system for as long as it lasts.
 * @param {import('./player.js').Player} player
 * @param {() => {title: string, texts: readonly string[]}} about asked when a reading begins
 */
export function announceToSystem(player, about) {
  const session = navigator.mediaSession;
  if (!session) return;
  /** Seconds into the reading at which each utterance begins, and its end; null in silence. */
  let starts = null;
  const actions = {
    play: () => player.resume(),
    pause: () => player.pause(),
    stop: () => player.stop(),
    nexttrack: () => player.next(),
    previoustrack: () => player.previous(),
    seekto: ({ seekTime }) => player.seek(starts.findLastIndex((start) => start <= seekTime)),
  };

  function handle(on) {
    for (const [action, handler] of Object.entries(actions)) {
      try {
        session.setActionHandler(action, on ? handler : null);
      } catch {
        // An action that this browser does not know.
      }
    }
  }

  function begin() {
    const { title, texts } = about();
    starts = [0];
    for (const text of texts) starts.push(starts.at(-1) + text.length * CHARACTER_SECONDS);
    session.metadata = new MediaMetadata({ title, artist: '安安' });
    handle(true);
  }

  player.addEventListener('utterance', ({ detail }) => {
    if (!starts) begin();
    session.setPositionState?.({ duration: starts.at(-1), position: starts[detail] });
  });
  player.addEventListener('state', () => {
    session.playbackState = { idle: 'none', paused: 'paused' }[player.state] ?? 'playing';
    if (player.state !== 'idle' || !starts) return;
    starts = null;
    session.metadata = null;
    session.setPositionState?.();
    handle(false);
  });
}
