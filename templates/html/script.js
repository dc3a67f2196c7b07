
'use strict';
for (const pre of document.querySelectorAll('pre')) {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = 'Copy';
  button.addEventListener('click', async () => {
    // Where a page may not write to the clipboard, the selection is copied by hand.
    getSelection().selectAllChildren(pre);
    const said = document.getElementById('said');
    said.textContent = '';
    const copied = await navigator.clipboard?.writeText(pre.textContent).then(() => true, () => false);
    said.textContent = copied ? 'Copied' : 'Selected: press Ctrl+C, on a Mac Command+C';
    button.textContent = copied ? 'Copied' : 'Press Ctrl+C';
    setTimeout(() => { button.textContent = 'Copy'; }, 2000);
  });
  pre.before(button);
}
