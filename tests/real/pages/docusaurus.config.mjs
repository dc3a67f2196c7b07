// A site of Docusaurus with its documentation and its classic theme, and nothing else.
export default {
  title: 'lexlogs',
  url: 'http://127.0.0.1',
  baseUrl: '/',
  onBrokenLinks: 'throw',
  onBrokenMarkdownLinks: 'throw',
  plugins: [['@docusaurus/plugin-content-docs', {routeBasePath: '/', sidebarPath: false}]],
  themes: ['@docusaurus/theme-classic'],
};
