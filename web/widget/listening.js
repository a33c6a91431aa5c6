/** The microphone button beside the question: held while speaking, or touched before. What hears is loaded with its first press. */

import { sign } from './avatar.js';
import { button, element } from './dom.js';
import { COMPOSER_TOOLS, toggle } from './frame.js';
import { keep, kept } from './kept.js';

const KEYS = [' ', 'Enter'];

/** Whether this page may record: by https (or on the machine itself) and, in a frame, with the page around it agreeing. */
function canRecord() {
  const allowed = document.featurePolicy?.allowsFeature('microphone') ?? true;
  return isSecureContext && allowed && typeof MediaRecorder === 'function' && Boolean(navigator.mediaDevices?.getUserMedia);
}

/** Whether the browser has recognition of its own. */
function browserHears() {
  return isSecureContext && typeof (window.SpeechRecognition ?? window.webkitSpeechRecognition) === 'function';
}

/** @param {import('./frame.js').Hands} hands */
function microphone(hands) {
  const { host, client } = hands;
  const attributes = { class: 'talk', 'aria-label': '说话提问', 'aria-pressed': 'false', title: '按住说话，或者点一下再说', hidden: true };
  // A click without a pointer comes from a screen reader or by voice.
  const talk = button(attributes, ({ detail }) => detail || act('press'), sign('mic'));
  const sends = toggle('说完就发送', (on) => {
    keep('send', on ? 1 : null);
    sends.setAttribute('aria-checked', String(on));
  });
  sends.hidden = true;
  sends.setAttribute('aria-checked', String(Boolean(kept('send'))));
  hands.menu(sends);
  let foreign = false;
  let ears = null;

  async function act(what) {
    ears ??= import('./microphone.js').then(({ Microphone }) => new Microphone(hands, talk, foreign));
    try {
      (await ears)[what]();
    } catch {
      ears = null;
      hands.say('话筒没有准备好，请再按一次，也可以打字。');
    }
  }

  host.addEventListener('anan-open', async () => {
    if (!talk.hidden) return;
    const server = await client.ears();
    foreign = !server?.works;
    talk.hidden = sends.hidden = !(foreign ? server && browserHears() : canRecord());
    if (!talk.hidden && server.kept_days && !foreign) hands.note(`说话提问的录音会保存 ${server.kept_days} 天，用来改进识别。`);
  });
  talk.addEventListener('pointerdown', ({ button: which, pointerId }) => {
    if (which) return;
    talk.setPointerCapture(pointerId);
    act('press');
  });
  for (const type of ['pointerup', 'pointercancel']) talk.addEventListener(type, () => ears && act('release'));
  talk.addEventListener('contextmenu', (event) => event.preventDefault()); // what a long touch brings up
  for (const type of ['keydown', 'keyup']) {
    talk.addEventListener(type, (event) => {
      if (!KEYS.includes(event.key)) return;
      event.preventDefault();
      if (!event.repeat) act(type === 'keydown' ? 'press' : 'release');
    });
  }
  return element('span', { class: 'tools' }, talk);
}

COMPOSER_TOOLS.push(microphone);
