
'use strict';
(() => {
  const all = (selector, place = document) => [...place.querySelectorAll(selector)];

  // Tabs: one choice for the whole page, since a reader has one system. (ARIA Authoring Practices, tabs)
  const tabs = all('[role=tab]');
  const choose = (shell) => {
    for (const tab of tabs) {
      const chosen = tab.dataset.shell === shell;
      tab.setAttribute('aria-selected', String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
      document.getElementById(tab.getAttribute('aria-controls')).hidden = !chosen;
    }
  };
  const targets = { ArrowLeft: (at) => at - 1, ArrowRight: (at) => at + 1, Home: () => 0, End: () => -1 };
  for (const list of all('[role=tablist]')) {
    const own = all('[role=tab]', list);
    for (const [at, tab] of own.entries()) {
      const panel = document.getElementById(tab.getAttribute('aria-controls'));
      panel.setAttribute('role', 'tabpanel');
      panel.setAttribute('aria-labelledby', tab.id);
      panel.tabIndex = 0;
      const go = (to) => {
        // What stands above may change its height; the tabs stay where they are.
        const before = list.getBoundingClientRect().top;
        choose(to.dataset.shell);
        to.focus({ preventScroll: true });
        window.scrollBy(0, list.getBoundingClientRect().top - before);
      };
      tab.addEventListener('click', () => go(tab));
      tab.addEventListener('keydown', (event) => {
        const target = targets[event.key];
        if (!target || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        go(own.at(target(at) % own.length));
      });
    }
    list.hidden = false;
  }
  choose(/Windows/.test(navigator.userAgent) ? 'bat' : 'sh');

  // Copying: by the clipboard's own interface where a page from a file may use it, else by a selection.
  const said = document.getElementById('said');
  const bySelection = (code) => {
    const exact = (event) => {
      event.clipboardData.setData('text/plain', code.textContent);
      event.preventDefault();
    };
    getSelection().selectAllChildren(code);
    document.addEventListener('copy', exact);
    try {
      return document.execCommand('copy');
    } catch {
      return false;
    } finally {
      document.removeEventListener('copy', exact);
    }
  };
  const copy = async (code) => {
    try {
      await navigator.clipboard.writeText(code.textContent);
      return true;
    } catch {
      return bySelection(code);
    }
  };
  for (const button of all('.copy')) {
    const label = button.textContent;
    let shown;
    button.addEventListener('click', async () => {
      const code = document.getElementById(button.getAttribute('aria-describedby'));
      const copied = await copy(code);
      // Emptied first: the same words again would not be read out.
      said.textContent = '';
      setTimeout(() => { said.textContent = copied ? said.dataset.copied : said.dataset.selected; }, 50);
      if (!copied) return;
      button.textContent = '\u2713';
      clearTimeout(shown);
      shown = setTimeout(() => { button.textContent = label; }, 1500);
    });
    button.hidden = false;
  }
})();
