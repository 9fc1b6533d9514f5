// The guide as a site: npm ci && npm run build in docs/, which writes .vitepress/dist. A link that leads nowhere ends it.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitepress'

// the contents of the first page are the sidebar
function sidebar() {
  const groups = []
  for (const line of readFileSync(new URL('../index.md', import.meta.url), 'utf8').split('\n')) {
    const heading = line.match(/^## (.*)/)
    const page = line.match(/^\* \[(.*)\]\((.*)\.md\)/)
    if (heading) {
      groups.push({ text: heading[1], collapsed: false, items: [] })
    } else if (page) {
      groups.at(-1).items.push({ text: page[1], link: '/docs/' + page[2] })
    }
  }
  return groups
}

// Code and tables are wide here: they get the room that the theme leaves empty, also beside a page without headings. A figure is not
// broken into two lines, and a table's first column says what a row is.
const style = `
:root { --vp-sidebar-width: 244px; --vp-layout-max-width: 1600px }
.vp-doc th, .vp-doc td { padding: 6px 12px }
.vp-doc td[style*="right"], .vp-doc th[style*="right"] { white-space: nowrap }
.vp-doc td:first-child { min-width: 9em }
.vp-doc td:empty + td { white-space: nowrap }
@media (min-width: 960px) {
  .vp-doc td:first-child { min-width: 13em }
  .VPDoc .container { max-width: none !important }
  .VPDoc .content { max-width: none !important; padding: 0 16px 96px !important }
  .VPDoc .content .content-container { max-width: 1000px !important; margin: 0 !important }
  .VPDoc .aside { max-width: 208px !important; padding-left: 16px !important }
  .VPDoc:not(:has(.VPDocAsideOutline.has-outline)) .aside { display: none }
  .vp-doc [class*='language-'] code { font-size: 13px; padding: 0 20px }
}`

export default defineConfig({
  head: [['style', {}, style]],
  title: 'sockfd',
  description: 'The POSIX socket API for Java',
  srcDir: '..',
  srcExclude: ['java/**', 'native/**', 'include/**', 'node_modules/**', '**/target/**', '**/node_modules/**'],
  // files of the repository that are no pages
  ignoreDeadLinks: [/\/LICENSE$/, /\.json$/, /\.csv$/, /benchmarks\/results/],
  // the pages keep the places that they have in the repository, so that links lead to the same page in both
  buildEnd({ outDir }) {
    writeFileSync(join(outDir, 'index.html'), '<!doctype html><meta http-equiv="refresh" content="0; url=docs/"><title>sockfd</title>')
  },
  // the pages lie above this folder, where Vite does not find what is installed in it
  vite: {
    resolve: {
      alias: [{ find: /^vue(\/server-renderer)?$/, replacement: fileURLToPath(new URL('../node_modules/vue$1', import.meta.url)) }]
    }
  },
  themeConfig: {
    nav: [
      { text: 'First page', link: '/README' },
      { text: 'Guide', link: '/docs/' },
      { text: 'Benchmarks', link: '/benchmarks/README' }
    ],
    sidebar: sidebar(),
    search: { provider: 'local' },
    outline: [2, 3]
  }
})
