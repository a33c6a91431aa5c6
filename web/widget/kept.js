/**
 * What the browser keeps for a citizen: the conversation, the receipts of messages, and how she likes 安安. Where it keeps
 * nothing (private windows, blocked storage) all works, unkept.
 */

/** The oldest go first: more turns nobody reads back, and a browser gives a site some 5 MB (turns, characters). */
const MOST_TURNS = 30;
const MOST_CHARACTERS = 300_000;

const page = document.documentElement;

/**
 * @param {string} key without its prefix
 * @returns {any} null for nothing, or for what cannot be read
 */
export function kept(key) {
  try {
    return JSON.parse(localStorage.getItem(`anan-${key}`));
  } catch {
    return null;
  }
}

/**
 * @param {string} key without its prefix
 * @param {any} value null forgets
 */
export function keep(key, value) {
  try {
    if (value === null) localStorage.removeItem(`anan-${key}`);
    else localStorage.setItem(`anan-${key}`, JSON.stringify(value));
  } catch {
    // Full or forbidden: kept for as long as the page stays.
  }
}

/**
 * @returns {import('./conversation.js').Turn[]} answered ones, oldest first; what does not look like one is left out
 */
export function recall() {
  const found = kept('history');
  if (!Array.isArray(found)) return [];
  const lists = ['evidence', 'suggestions', 'utterances'];
  return found
    .filter((turn) => typeof turn?.question === 'string' && typeof turn.answer?.text === 'string')
    .filter(({ answer }) => lists.every((name) => Array.isArray(answer[name])))
    .map(({ question, answer }) => ({ question, answer, state: 'answered', error: null }));
}

/** @param {import('./conversation.js').Turn[]} turns */
export function remember(turns) {
  const answered = turns.filter((turn) => turn.state === 'answered').slice(-MOST_TURNS);
  const saved = answered.map(({ question, answer }) => ({ question, answer }));
  while (saved.length && JSON.stringify(saved).length > MOST_CHARACTERS) saved.shift();
  keep('history', saved.length ? saved : null);
}

/** 长者模式 is one choice for the page and everything of 安安 on it: `data-elder` on <html>, kept in the browser. */
export function setElder(on) {
  page.toggleAttribute('data-elder', on);
  keep('elder', on ? 1 : null);
}

/**
 * Be told now and whenever it changes, whoever changes it.
 * @param {(on: boolean) => void} tell
 * @param {AbortSignal} signal ends it
 */
export function followElder(tell, signal) {
  if (kept('elder')) page.setAttribute('data-elder', '');
  const told = () => tell(page.hasAttribute('data-elder'));
  const watcher = new MutationObserver(told);
  watcher.observe(page, { attributes: true, attributeFilter: ['data-elder'] });
  signal.addEventListener('abort', () => watcher.disconnect());
  told();
}
