/** 留言: a form for what the reports do not answer, and looking up the reply by its receipt number. */

import { button, element, write } from './dom.js';
import { chineseDate } from './evidence.js';
import { copied } from './reply-tools.js';
import { keep, kept } from './kept.js';

const KINDS = Object.freeze({ ask: '咨询', suggest: '建议', complain: '投诉', correct: '纠错' });
/** So many receipts are offered again in the browser that left the messages. */
const REMEMBERED = 5;

export class Messages {
  #parts;
  #client;
  #rest;
  #say;
  #sending = false;

  /**
   * @param {{log: HTMLElement, form: HTMLElement, sheet: HTMLElement}} parts the sheet is shown in place of the others
   * @param {import('./api.js').ApiClient} client
   * @param {() => void} rest puts the focus where the conversation goes on
   * @param {(words: string) => void} say to screen readers
   */
  constructor(parts, client, rest, say) {
    this.#parts = parts;
    this.#client = client;
    this.#rest = rest;
    this.#say = say;
  }

  get isOpen() {
    return !this.#parts.sheet.hidden;
  }

  /** Back to the conversation. */
  close() {
    const { log, form, sheet } = this.#parts;
    [log.hidden, form.hidden, sheet.hidden] = [false, false, true];
    this.#rest();
  }

  /**
   * Show the form.
   * @param {{question?: string, report?: string}} about what the message goes with
   * @param {string} words what the citizen wanted to know already
   */
  write(about, words) {
    const described = { required: true, 'aria-describedby': 'message-error' };
    const text = element('textarea', { class: 'field', id: 'message', rows: 5, ...described });
    text.value = words;
    const kinds = Object.entries(KINDS).map(([kind, name], place) =>
      element('label', { class: 'choice' }, element('input', { type: 'radio', name: 'kind', value: kind, checked: place === 0 }), name),
    );
    const contact = element('input', { class: 'field', id: 'contact', type: 'text', autocomplete: 'tel' });
    const consent = element('input', { type: 'checkbox', 'aria-describedby': 'message-error' });
    const line = element('span');
    const reach = element(
      'div',
      { hidden: true },
      element('label', { for: 'contact' }, '联系方式（可不填；填了方便工作人员找您）'),
      contact,
      element('label', { class: 'choice consent' }, consent, line),
    );
    const error = element('p', { class: 'error', id: 'message-error' });
    const form = element(
      'form',
      { class: 'form', novalidate: true },
      element('fieldset', {}, element('legend', {}, '您想'), element('div', { class: 'choices' }, ...kinds)),
      element('label', { for: 'message' }, '内容'),
      ...[text, reach, error],
      element('button', { class: 'primary', type: 'submit' }, '提交留言'),
      button({ class: 'plain' }, () => this.lookUp(), '我有回执号，查回复'),
    );
    const wrong = (told, field) => {
      write(error, told);
      for (const each of [text, consent]) each.setAttribute('aria-invalid', String(each === field));
      field?.focus();
      this.#say(told);
    };
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const reached = contact.value.trim();
      if (!text.value.trim()) wrong('请写下您想说的话。', text);
      else if (reached && !consent.checked) wrong('填了联系方式，要先勾选同意。', consent);
      else this.#send({ ...about, kind: form.elements.kind.value, text: text.value, ...(reached && { contact: reached, consent: true }) }, wrong);
    });
    this.#show('留言', form);
    this.#client.messageForm().then(
      (rules) => {
        text.maxLength = rules.text_limit;
        contact.maxLength = rules.contact_limit;
        write(line, rules.consent.text);
        reach.hidden = false;
      },
      // Without the line that is agreed to nobody is asked for a contact.
      () => {},
    );
  }

  async #send(message, wrong) {
    if (this.#sending) return;
    this.#sending = true;
    wrong('正在提交…');
    try {
      const { receipt } = await this.#client.leave(message);
      this.#thank(String(receipt));
    } catch (error) {
      wrong(error.message);
    } finally {
      this.#sending = false;
    }
  }

  #thank(receipt) {
    keep('receipts', [receipt, ...receipts()].slice(0, REMEMBERED));
    const done = element('p', { class: 'done' });
    const copy = async () => {
      write(done, (await copied(receipt, this.#parts.sheet)) ? '已复制。' : '请抄下回执号。');
      this.#say(done.textContent);
    };
    this.#show(
      '留言收到了',
      element('p', {}, '您的回执号是'),
      element('p', { class: 'receipt' }, receipt.replace(/\d{4}(?=\d)/gu, '$& ')),
      element('p', {}, '请记下它：工作人员答复后，凭回执号就能查到回复。'),
      button({ class: 'primary' }, copy, '复制回执号'),
      done,
      button({ class: 'plain' }, () => this.close(), '返回对话'),
    );
  }

  /** Show where a receipt is entered. */
  lookUp() {
    const field = element('input', { class: 'field', id: 'receipt', type: 'text', autocomplete: 'off', maxlength: 40 });
    const result = element('div', { class: 'result' });
    const look = async () => {
      const receipt = field.value.trim();
      if (!receipt) {
        field.focus();
        return;
      }
      result.replaceChildren(element('p', {}, '正在查询…'));
      const found = await this.#client.message(receipt).then(told, (error) => [element('p', { class: 'error' }, error.message)]);
      result.replaceChildren(...found);
      this.#say(result.innerText);
    };
    const mine = receipts().map((receipt) =>
      button({ class: 'chip' }, () => {
        field.value = receipt;
        look();
      }, receipt),
    );
    const form = element(
      'form',
      { class: 'form', novalidate: true },
      element('label', { for: 'receipt' }, '回执号'),
      field,
      mine.length ? element('div', { class: 'chips' }, ...mine) : null,
      element('button', { class: 'primary', type: 'submit' }, '查询'),
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      look();
    });
    this.#show('查回复', form, result);
  }

  #show(heading, ...content) {
    const title = element('h3', { class: 'sheet-title', id: 'sheet-title', tabindex: '-1' }, heading);
    const back = button({ class: 'back' }, () => this.close(), '返回');
    const { log, form, sheet } = this.#parts;
    [log.hidden, form.hidden, sheet.hidden] = [true, true, false];
    sheet.replaceChildren(element('div', { class: 'sheet-head' }, back, title), ...content);
    sheet.scrollTop = 0;
    title.focus();
  }
}

function receipts() {
  const found = kept('receipts');
  return Array.isArray(found) ? found.filter((each) => typeof each === 'string') : [];
}

function told({ kind, text, created, reply, closed }) {
  const day = chineseDate(String(created ?? ''));
  return [
    element('p', { class: 'section' }, `${day}　${KINDS[kind] ?? '留言'}`),
    element('blockquote', { class: 'passage' }, text ?? ''),
    ...(reply
      ? [element('p', { class: 'section' }, `答复（${chineseDate(String(reply.published ?? ''))}）`), element('p', { class: 'answer' }, reply.text)]
      : [element('p', { class: 'answer' }, closed ? `已办结，不另答复：${closed}` : '已经收到，还没有答复。请过些日子再来查。')]),
  ];
}
