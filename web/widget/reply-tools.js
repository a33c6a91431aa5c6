/** What can be done with an answer: hear, copy, share, and say whether it helped. */

import { sign } from './avatar.js';
import { button, element } from './dom.js';

const REASONS = Object.freeze({ wrong: '答得不对', off_topic: '答非所问', incomplete: '没说全', unclear: '看不懂', outdated: '内容过时', '': '不说原因' });
const THANKS = '谢谢您的评价。';

/**
 * @param {import('./conversation.js').Turn} turn
 * @param {HTMLElement | null} speak the button that reads it aloud
 * @param {import('./render.js').Actions} actions
 * @returns {HTMLElement}
 */
export function tools(turn, speak, actions) {
  const { answer } = turn;
  const done = element('p', { class: 'done' });
  const told = (words) => {
    done.textContent = words;
    actions.say(words);
  };
  const extras = element('span', { class: 'extras' });
  const row = element('div', { class: 'row-tools' }, speak, extras);
  const box = element('div', { class: 'reply-tools' }, row, done);
  extras.append(
    icon('copy', '复制回答', async () => told((await copied(asText(turn, actions), box)) ? '已复制。' : '没能复制，请长按文字来选。')),
    icon('share', '分享', () => share(turn, box, actions, told)),
  );
  if (answer.evidence.length || answer.kind === 'none') extras.append(...thumbs(turn, box, actions, told));
  return box;
}

function icon(name, label, onPress) {
  return button({ class: 'icon', 'aria-label': label, title: label }, onPress, sign(name));
}

function thumbs(turn, box, actions, told) {
  const up = icon('up', '有帮助', () => give('up'));
  const down = icon('down', '没有帮助', () => (box.querySelector('.why') ? give('down') : askWhy()));
  const give = async (verdict, reason) => {
    const focused = box.getRootNode().activeElement;
    for (const each of [up, down]) each.setAttribute('aria-pressed', String(each === (verdict === 'up' ? up : down)));
    const { conversation, kind } = turn.answer;
    const why = box.querySelector('.why');
    if (why?.contains(focused)) down.focus();
    why?.remove();
    try {
      await actions.feedback({ conversation, question: turn.question, kind, verdict, ...(reason && { reason }) });
      told(THANKS);
    } catch (error) {
      told(error.message);
    }
  };
  const askWhy = () => {
    const reasons = Object.entries(REASONS).map(([reason, words]) => button({ class: 'chip' }, () => give('down', reason), words));
    const why = element('div', { class: 'why', role: 'group', 'aria-label': '哪里不好' }, element('p', {}, '哪里不好？'), ...reasons);
    box.append(why);
    reasons[0].focus();
  };
  return [up, down];
}

/** The answer as it can be pasted into a letter: the words, where they stand, and the address. */
function asText(turn, actions) {
  const { answer } = turn;
  const sources = answer.evidence.slice(0, 1).map(({ report, link }) => {
    const url = actions.resolve(link) ?? actions.resolve(report.url);
    return `——${report.title}${url ? `\n${url.href}` : ''}`;
  });
  return [answer.text, ...sources].join('\n');
}

async function share(turn, box, actions, told) {
  const { answer, question } = turn;
  const url = actions.resolve(`/?q=${encodeURIComponent(answer.understood || question)}`).href;
  try {
    if (navigator.share) await navigator.share({ title: question, text: answer.text, url });
    else told((await copied(url, box)) ? '链接已复制，可以粘贴给别人。' : `请复制这个链接：${url}`);
  } catch (error) {
    if (error.name !== 'AbortError') told(`没能分享。请复制这个链接：${url}`);
  }
}

/**
 * Put text on the clipboard; sites without https have only the old way.
 * @param {string} text
 * @param {HTMLElement} place where a field may stand for a moment
 * @returns {Promise<boolean>} whether it is there
 */
export async function copied(text, place) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const focused = place.getRootNode().activeElement;
    const field = element('textarea', { class: 'unseen', 'aria-hidden': 'true' });
    field.value = text;
    place.append(field);
    field.select();
    const done = document.execCommand('copy');
    field.remove();
    focused?.focus();
    return done;
  }
}
