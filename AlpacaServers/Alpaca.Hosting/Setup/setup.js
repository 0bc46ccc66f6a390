// Keeps the state on the setup pages live, and connects or disconnects a device. Without it the pages still show the state of the moment they were made.
'use strict';

const period = 2000;

async function ask(path, verb, form) {
  const reply = await fetch(path, verb === 'PUT' ? { method: 'PUT', body: new URLSearchParams(form) } : { cache: 'no-store' });
  if (!reply.ok) throw new Error(await reply.text());
  const answer = await reply.json();
  if (answer.ErrorNumber !== 0) throw new Error(answer.ErrorMessage);
  return answer.Value;
}

async function refreshConnection(element) {
  const connected = await ask(element.dataset.device + '/connected');
  element.textContent = connected ? 'connected' : 'not connected';
  element.className = connected ? 'is-on' : 'is-off';
  const button = document.getElementById('connect');
  if (button) {
    button.dataset.verb = connected ? 'disconnect' : 'connect';
    button.textContent = connected ? 'Disconnect' : 'Connect';
    button.disabled = false;
  }
}

async function refreshState(table) {
  let state = [];
  let trouble = '';
  try {
    state = await ask(table.dataset.device + '/devicestate');
  } catch (error) {
    trouble = error.message;
  }
  document.getElementById('state-error').textContent = trouble;
  table.replaceChildren(...state.map(({ Name, Value }) => {
    const row = document.createElement('tr');
    const name = row.appendChild(document.createElement('th'));
    const value = row.appendChild(document.createElement('td'));
    name.textContent = Name;
    value.textContent = String(Value);
    return row;
  }));
}

async function refresh() {
  for (const element of document.querySelectorAll('[data-shows=connection]')) {
    try {
      await refreshConnection(element);
    } catch {
      element.textContent = 'no answer';
      element.className = 'error';
    }
  }
  for (const table of document.querySelectorAll('[data-shows=state]')) await refreshState(table);
  setTimeout(refresh, period);
}

document.getElementById('connect')?.addEventListener('click', async ({ target }) => {
  target.disabled = true;
  const error = document.getElementById('connect-error');
  error.textContent = '';
  try {
    await ask(target.dataset.device + '/' + target.dataset.verb, 'PUT', {});
  } catch (failure) {
    error.textContent = failure.message;
    target.disabled = false;
  }
});

refresh();
