/**
 * What the citizen does on the page to steer the reading: keys, presses on sentences, selected text.
 *
 * ← and → are the sentence before and after, Esc stops, space holds and goes on; while it reads, with the focus in the
 * reader. Elsewhere only what nobody else wants counts: space scrolls the page, so it never does there; whatever can have
 * the focus keeps all its keys, a page that scrolls sideways its arrows, a dialog its Esc. A screen reader in its reading
 * mode takes the arrows before the page sees them.
 *
 * A press on a sentence while 安安 reads goes there. While she is silent it, or selected text, is offered with a
 * button at the foot of the window, because a stray press must not start a voice.
 */

import { button, write } from '../widget/dom.js';
import { offsetOf, stretchOf } from './page-text.js';

const ARROWS = { ArrowLeft: 'previous', ArrowRight: 'next' };
/** Presses on these mean something else. */
const OTHERS = 'a, button, input, select, textarea, label, summary, audio, video, [role="button"], [contenteditable]';
/** Selections change with every pixel of a drag: the offer comes when they have rested so long, milliseconds. */
const RESTED = 250;

/**
 * @param {HTMLElement} host the reader's element; its shadow root takes the small button
 * @param {import('./reading.js').Reading} reading
 * @param {AbortSignal} signal ends it
 */
export function listenForGestures(host, reading, signal) {
  const chip = button({ class: 'chip', hidden: true }, () => chip.accept());
  let resting = 0;

  function hide() {
    chip.hidden = true;
  }

  function offer(words, accept) {
    write(chip, words);
    chip.hidden = false;
    chip.accept = () => {
      hide();
      accept();
    };
  }

  function key(event) {
    const path = event.composedPath();
    const action = plain(event) && reading.state !== 'idle' && meaning(event.key, path[0], path.includes(host));
    if (event.key === 'Escape') hide();
    if (!action) return;
    event.preventDefault();
    reading[action]();
  }

  function press(event) {
    hide();
    const at = pressedAt(event);
    if (at === null) return;
    if (reading.state === 'idle') offer('从这句读起', () => reading.from(at));
    else reading.jump(at);
  }

  function selected() {
    const selection = document.getSelection();
    if (signal.aborted || selection.isCollapsed) return;
    const stretch = stretchOf(selection.getRangeAt(0));
    if (stretch) offer('读选中的句子', () => reading.alone(stretch));
  }

  const listen = (type, listener) => document.addEventListener(type, listener, { signal });
  listen('keydown', key);
  listen('click', press);
  listen('scroll', hide);
  listen('selectionchange', () => {
    clearTimeout(resting);
    resting = setTimeout(selected, RESTED);
  });
  // What is selected stays so.
  chip.addEventListener('pointerdown', (event) => event.preventDefault());
  signal.addEventListener('abort', () => chip.remove());
  host.shadowRoot.firstElementChild.append(chip);
}

function plain(event) {
  return !['defaultPrevented', 'isComposing', 'button', 'altKey', 'ctrlKey', 'metaKey', 'shiftKey'].some((name) => event[name]);
}

function meaning(key, target, inside) {
  const free = inside ? !target.closest('input, select') : isFree(target);
  if (key === ' ') return free && inside && !target.closest('button') && 'toggle';
  if (key === 'Escape') return (inside || (free && !document.querySelector('dialog[open], [aria-modal="true"]'))) && 'stop';
  return free && ARROWS[key];
}

/** Whether the focus lies on nothing that does something: on the body, or on what only a script or a press can focus. */
function isFree(target) {
  const { scrollWidth, clientWidth } = document.documentElement;
  return target.tabIndex < 0 && !target.isContentEditable && scrollWidth <= clientWidth;
}

function pressedAt(event) {
  const { target, clientX, clientY } = event;
  if (!plain(event) || target.closest(OTHERS) || !target.closest('[data-start]')) return null;
  if (!document.getSelection().isCollapsed) return null;
  const [node, offset] = caretAt(clientX, clientY);
  // Beside the words the nearest caret may lie in another sentence: then the pressed element itself is meant.
  return target.contains(node) ? offsetOf(node, offset) : offsetOf(target, 0);
}

/** @returns {[Node?, number?]} */
function caretAt(x, y) {
  const caret = document.caretPositionFromPoint?.(x, y);
  if (caret) return [caret.offsetNode, caret.offset];
  // Older WebKit.
  const range = document.caretRangeFromPoint?.(x, y);
  return range ? [range.startContainer, range.startOffset] : [];
}
