import { h } from './dom.js';

/** What a dialog asks for. */
export interface Question {
  readonly title: string;
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly action: string;
}

/** Asks for a text; undefined where the user thinks better of it. */
export function askFor({ title, label, hint, value, action }: Question): Promise<string | undefined> {
  return new Promise((resolve) => {
    const input = h('input', {
      type: 'text',
      id: 'ask-input',
      value,
      spellcheck: 'false',
      autocomplete: 'off',
      'aria-describedby': 'ask-hint',
    });
    const form = h(
      'form',
      { method: 'dialog' },
      h('h2', { id: 'ask-title' }, title),
      h('label', { for: 'ask-input' }, label),
      input,
      h('p', { id: 'ask-hint', class: 'soft' }, hint),
      h(
        'div',
        { class: 'dialog-buttons' },
        h('button', { type: 'button', class: 'button', onclick: () => dialog.close() }, 'Cancel'),
        h('button', { type: 'submit', class: 'button primary' }, action),
      ),
    );
    const dialog = h('dialog', { 'aria-labelledby': 'ask-title', class: 'dialog' }, form);
    let answer: string | undefined;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      answer = input.value;
      dialog.close();
    });
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(answer);
    });
    document.body.append(dialog);
    dialog.showModal();
    input.select();
  });
}
