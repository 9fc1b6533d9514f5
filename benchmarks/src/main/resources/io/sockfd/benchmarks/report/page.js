'use strict';
const { results, families, hollow, headlines, curves } = JSON.parse(document.getElementById('data').textContent);
const charts = []; // each draws one, and gives it

const colour = name => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
const titleOf = who => results.contestants[who].title;
const digits = value => value < 0.1 ? 3 : value < 10 ? 2 : value < 100 ? 1 : 0;
const ratioText = value => value.toFixed(digits(value));
const spreadText = spread => ratioText(spread.median) + ' [' + ratioText(spread.worst) + ']';
const trusted = row => row.troubles.length === 0;

function timeText(nanos) {
  let value = nanos;
  for (const unit of ['ns', 'us', 'ms']) {
    if (value < 1000) {
      return value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0) + ' ' + unit;
    }
    value /= 1000;
  }
  return value.toFixed(2) + ' s';
}

function element(parent, tag, text, className) {
  const made = document.createElement(tag);
  if (text !== undefined) {
    made.textContent = text;
  }
  if (className) {
    made.className = className;
  }
  parent.append(made);
  return made;
}

function drawn(parent, tag, attributes, text) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
  Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
  if (text !== undefined) {
    made.textContent = text;
  }
  parent.append(made);
  return made;
}

function define(list, term, text) {
  element(list, 'dt', term);
  element(list, 'dd', text);
}

/* ---- what a row comes to ---- */

const isPeer = who => !['sockfd', 'c', 'raw'].includes(families[who]);
const figureOf = (row, who) => row.figures.find(f => f.who === who);
const peersOf = row => row.figures.filter(f => f.sockfd && isPeer(f.who));
const hardest = row => peersOf(row).sort((a, b) => b.sockfd.median - a.sockfd.median)[0];
const titleOfRow = row => row.title + (row.metric === 'time' ? '' : ' (' + row.metric + ')');

function verdict(row) {
  if (!trusted(row)) {
    return 'not to be trusted';
  }
  const peer = hardest(row);
  return !peer ? 'nobody else' : peer.sockfd.worst <= 1 ? 'ahead' : peer.sockfd.median > 1 ? 'behind' : 'equal';
}

/* ---- tables ---- */

/* Cells are texts, or [text, value to sort by, class]; the first one of a line is a link to its row. */
function fill(made, heads, lines) {
  const head = made.querySelector('thead tr');
  const body = made.querySelector('tbody');
  const sorts = heads.map((text, column) => {
    const cell = element(head, 'th');
    cell.scope = 'col';
    const button = element(cell, 'button', text);
    button.type = 'button';
    button.addEventListener('click', () => {
      const down = cell.getAttribute('aria-sort') === 'ascending';
      head.querySelectorAll('th').forEach(each => each.removeAttribute('aria-sort'));
      cell.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      const key = line => line.children[column].dataset.sort ?? line.children[column].textContent;
      const order = (a, b) => {
        const [x, y] = [key(a), key(b)];
        return isNaN(x) || isNaN(y) || x === '' || y === '' ? x.localeCompare(y) : x - y;
      };
      const sorted = [...body.children].sort(order);
      body.replaceChildren(...(down ? sorted.reverse() : sorted));
    });
    return button;
  });
  for (const { row, cells, className } of lines) {
    const line = element(body, 'tr', undefined, className);
    line.dataset.verdict = verdict(row);
    cells.forEach((cell, column) => {
      const [text, value, kind] = Array.isArray(cell) ? cell : [cell];
      const made = element(line, 'td', column === 0 ? undefined : text, kind);
      made.dataset.head = heads[column];
      if (value !== undefined) {
        made.dataset.sort = value;
      }
      if (column === 0) {
        const link = element(made, 'a', text);
        link.href = '#' + row.row;
      }
    });
  }
  return sorts;
}

function allRows() {
  const kinds = { ahead: 'good', behind: 'bad', 'not to be trusted': 'trouble' };
  const lines = results.rows.filter(row => row.figures.length > 0 || !trusted(row)).map((row, place) => {
    const ours = figureOf(row, 'SOCKFD');
    const peer = hardest(row);
    const first = row.figures[0];
    return {
      row,
      className: trusted(row) ? '' : 'untrusted',
      cells: [
        [row.row, place],
        ours ? [timeText(ours.nanos), ours.nanos] : '',
        ours && first && first.who === 'C' ? [spreadText(ours.ratio), ours.ratio.median] : '',
        peer ? [spreadText(peer.sockfd), peer.sockfd.median] : '',
        peer ? titleOf(peer.who) : '',
        ours ? [ours.bytes < 0.005 ? '0' : ours.bytes.toFixed(ours.bytes < 10 ? 2 : 0), ours.bytes] : '',
        [verdict(row), undefined, kinds[verdict(row)]],
        titleOfRow(row)
      ]
    };
  });
  const section = document.getElementById('table');
  fill(section.querySelector('table'),
    ['row', 'time', 'of C', 'of the best', 'who is that', 'B/op', 'sockfd is', 'what'], lines);
  const filters = section.querySelector('.filters');
  const buttons = ['all', 'ahead', 'equal', 'behind', 'not to be trusted', 'nobody else'].map(name => {
    const many = lines.filter(line => name === 'all' || verdict(line.row) === name).length;
    const button = element(filters, 'button', name + ' ' + many);
    button.type = 'button';
    button.setAttribute('aria-pressed', name === 'all');
    button.addEventListener('click', () => {
      buttons.forEach(each => each.setAttribute('aria-pressed', each === button));
      section.querySelectorAll('tbody tr').forEach(line => {
        line.hidden = name !== 'all' && line.dataset.verdict !== name;
      });
    });
    return button;
  });
}

function losses() {
  const lines = [];
  for (const row of results.rows) {
    const c = row.figures[0];
    for (const peer of peersOf(row).filter(f => f.sockfd.median > 1)) {
      const ofC = c.who === 'C' ? 1 / peer.ratio.median : undefined;
      lines.push({
        row,
        className: trusted(row) ? '' : 'untrusted',
        cells: [row.row, [spreadText(peer.sockfd), peer.sockfd.median], titleOf(peer.who),
          ofC ? [ratioText(ofC), ofC] : '', titleOfRow(row) + (trusted(row) ? '' : ' (not to be trusted)')],
        by: peer.sockfd.median
      });
    }
  }
  lines.sort((a, b) => b.by - a.by);
  const section = document.getElementById('losses');
  if (lines.length === 0) {
    section.querySelector('.note').textContent = 'In none of these rows.';
    section.querySelector('table').remove();
    return;
  }
  fill(section.querySelector('table'), ['row', 'sockfd takes', 'of the time of', 'C takes', 'what'], lines);
}

function score() {
  const withPeer = results.rows.filter(row => peersOf(row).length > 0);
  const count = name => withPeer.filter(row => verdict(row) === name).length;
  document.getElementById('score').textContent =
    `Of ${withPeer.length} rows with another library sockfd is ahead in ${count('ahead')}, behind in ${count('behind')}, ` +
    `and in ${count('equal')} the JVMs do not agree; ${count('not to be trusted')} are not to be trusted.`;
}

/* ---- headlines: everybody on a line, in lanes where they would lie on each other ---- */

const MARK = 4.5;
const LANE = 12;
const TICKS = [0.1, 0.2, 0.5, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.5, 2, 3, 5, 10, 20, 50, 100, 1000];
const bent = value => Math.asinh(Math.log(value) / 0.25); // nearly logarithmic around 1, ever closer away from it
const others = row => row.figures.filter(f => f.sockfd && families[f.who] !== 'raw');

function marks(svg, row, scale) {
  const lanes = [];
  const placed = others(row).map(f => ({ f, x: scale(1 / f.sockfd.median) })).sort((a, b) => a.x - b.x);
  for (const mark of placed) {
    let lane = lanes.findIndex(last => mark.x - last >= 2 * MARK + 4);
    lane = lane < 0 ? lanes.length : lane;
    lanes[lane] = mark.x;
    mark.lane = lane;
  }
  const height = Math.max(2, lanes.length) * LANE + 6;
  svg.setAttribute('height', height);
  drawn(svg, 'line', { class: 'one', x1: scale(1), x2: scale(1), y1: 0, y2: height });
  for (const { f, x, lane } of placed) {
    const y = LANE / 2 + 3 + lane * LANE;
    const group = drawn(svg, 'g', {});
    drawn(group, 'title', {}, titleOf(f.who) + ' ' + ratioText(1 / f.sockfd.median) + ', quartiles ' +
      ratioText(1 / f.sockfd.upper) + ' to ' + ratioText(1 / f.sockfd.lower));
    drawn(group, 'line', { x1: scale(1 / f.sockfd.upper), x2: scale(1 / f.sockfd.lower), y1: y, y2: y,
      style: `stroke:var(--${families[f.who]})` });
    drawn(group, 'circle', { cx: x, cy: y, r: MARK,
      style: `stroke:var(--${families[f.who]});fill:var(--${hollow.includes(f.who) ? 'ground' : families[f.who]})` });
  }
}

function strips() {
  const rows = headlines.map(id => results.rows.find(row => row.row === id)).filter(row => others(row).length > 0);
  const section = document.getElementById('headlines');
  const place = section.querySelector('.strips');
  if (rows.length === 0) {
    section.remove();
    return;
  }
  const legend = section.querySelector('.legend');
  for (const who of Object.keys(results.contestants).filter(who => rows.some(row => others(row).some(f => f.who === who)))) {
    const item = element(legend, 'span');
    const mark = element(item, 'i', undefined, 'mark');
    mark.style.color = `var(--${families[who]})`;
    mark.style.background = hollow.includes(who) ? 'none' : `var(--${families[who]})`;
    item.append(titleOf(who));
  }
  const times = rows.flatMap(row => others(row).flatMap(f => [1 / f.sockfd.upper, 1 / f.sockfd.lower]));
  const [low, high] = [Math.min(0.9, ...times), Math.max(1.6, ...times)].map(bent);
  const lines = rows.map(row => {
    const strip = element(place, 'div', undefined, 'strip' + (trusted(row) ? '' : ' untrusted'));
    const link = element(strip, 'a', titleOfRow(row) + (trusted(row) ? '' : ' (not to be trusted)'));
    link.href = '#' + row.row;
    const svg = drawn(strip, 'svg', { role: 'img', 'aria-label': row.title + ': ' +
      others(row).map(f => titleOf(f.who) + ' ' + ratioText(1 / f.sockfd.median)).join(', ') });
    return { row, svg };
  });
  const axis = element(place, 'div', undefined, 'strip');
  element(axis, 'span');
  lines.push({ svg: drawn(axis, 'svg', { height: 20, 'aria-hidden': true }) });
  return () => {
    for (const { row, svg } of lines) {
      const width = svg.clientWidth;
      const scale = value => 8 + (width - 16) * (bent(value) - low) / (high - low);
      svg.replaceChildren();
      if (row) {
        marks(svg, row, scale);
        continue;
      }
      let last = -99;
      for (const tick of TICKS.filter(each => bent(each) >= low && bent(each) <= high)) {
        const x = scale(tick);
        if (tick === 1 || (x - last > 32 && Math.abs(x - scale(1)) > 40)) {
          drawn(svg, 'text', { x, y: 14 }, tick === 1 ? 'sockfd' : String(tick));
          last = x;
        }
      }
    }
  };
}

/* ---- charts ---- */

/* Quartiles, the figure behind each bar, and the line at 1. */
const whiskers = figures => ({
  id: 'whiskers',
  afterDatasetsDraw(chart) {
    const { ctx, scales: { x }, chartArea } = chart;
    ctx.save();
    ctx.strokeStyle = colour('c');
    ctx.setLineDash([3, 3]);
    ctx.beginPath();
    ctx.moveTo(x.getPixelForValue(1), chartArea.top);
    ctx.lineTo(x.getPixelForValue(1), chartArea.bottom);
    ctx.stroke();
    ctx.setLineDash([]);
    ctx.strokeStyle = ctx.fillStyle = colour('ink');
    ctx.font = '12px system-ui, sans-serif';
    ctx.textBaseline = 'middle';
    chart.getDatasetMeta(0).data.forEach((bar, i) => {
      const { lower, upper, median } = figures[i].ratio;
      const [from, to] = [lower, upper].map(value => Math.min(x.getPixelForValue(value), chartArea.right));
      ctx.beginPath();
      ctx.moveTo(from, bar.y);
      ctx.lineTo(to, bar.y);
      for (const end of [from, to]) {
        ctx.moveTo(end, bar.y - 4);
        ctx.lineTo(end, bar.y + 4);
      }
      ctx.stroke();
      ctx.fillText(ratioText(median), Math.max(to, bar.x) + 6, bar.y);
    });
    ctx.restore();
  }
});

function axis(title, more) {
  return Object.assign({
    grid: { color: colour('faint') },
    ticks: { color: colour('soft') },
    title: { display: Boolean(title), text: title, color: colour('soft') }
  }, more);
}

function canvas(card, height) {
  const box = element(card, 'div', undefined, 'chart');
  box.style.height = height + 'px';
  return element(box, 'canvas');
}

/* A single wide quartile shall not squeeze all bars. */
const farthest = figures => Math.max(...figures.map(f => Math.min(f.ratio.upper, 1.5 * f.ratio.median)));

function bars(card, row) {
  const figures = row.figures;
  const place = canvas(card, 24 * figures.length + 56);
  place.setAttribute('role', 'img');
  place.setAttribute('aria-label', row.title + ': ' +
      figures.map(f => titleOf(f.who) + ' ' + ratioText(f.ratio.median)).join(', '));
  return () => new Chart(place, {
    type: 'bar',
    data: {
      labels: figures.map(f => titleOf(f.who)),
      datasets: [{
        data: figures.map(f => f.ratio.median),
        backgroundColor: figures.map(f => colour(families[f.who])),
        barPercentage: 0.8,
        categoryPercentage: 0.9
      }]
    },
    options: {
      indexAxis: 'y',
      animation: false,
      maintainAspectRatio: false,
      layout: { padding: { right: 44 } },
      scales: {
        x: axis('times ' + titleOf(figures[0].who), { min: 0, suggestedMax: farthest(figures) }),
        y: axis('', { grid: { display: false }, ticks: { color: colour('ink'), autoSkip: false } })
      },
      plugins: {
        legend: { display: false },
        tooltip: {
          callbacks: {
            label: item => {
              const f = figures[item.dataIndex];
              return [timeText(f.nanos),
                'quartiles ' + ratioText(f.ratio.lower) + ' to ' + ratioText(f.ratio.upper),
                'forks ' + ratioText(f.ratio.best) + ' to ' + ratioText(f.ratio.worst)];
            }
          }
        }
      }
    },
    plugins: [whiskers(figures)]
  });
}

function percentiles(card, row) {
  const figures = row.figures.filter(f => Object.keys(f.percentiles || {}).length > 0);
  if (figures.length === 0) {
    return null;
  }
  const names = Object.keys(figures[0].percentiles);
  const place = canvas(card, 300);
  return () => new Chart(place, {
    type: 'line',
    data: {
      labels: names,
      datasets: figures.map(f => ({
        label: titleOf(f.who),
        data: names.map(name => f.percentiles[name] ?? null),
        borderColor: colour(families[f.who]),
        backgroundColor: colour(families[f.who]),
        borderDash: titleOf(f.who).includes(' ') ? [5, 4] : [],
        borderWidth: f.who === 'SOCKFD' ? 3 : 1.5,
        tension: 0
      }))
    },
    options: {
      animation: false,
      maintainAspectRatio: false,
      scales: {
        x: axis('percentile'),
        y: axis('time', { type: 'logarithmic',
          ticks: { color: colour('soft'), maxTicksLimit: 6, callback: value => timeText(value) } })
      },
      plugins: {
        legend: { labels: { color: colour('ink'), boxHeight: 2 } },
        tooltip: { callbacks: { label: item => item.dataset.label + ': ' + timeText(item.parsed.y) } }
      }
    }
  });
}

function table(card, row) {
  const details = element(card, 'details');
  element(details, 'summary', 'Figures');
  const made = element(element(details, 'div', undefined, 'figures'), 'table');
  const head = element(element(made, 'thead'), 'tr');
  const body = element(made, 'tbody');
  const heads = ['', 'time', 'ratio', 'quartiles', 'forks', 'B/op', 'sockfd takes', 'worst fork'];
  heads.forEach(text => element(head, 'th', text));
  for (const f of row.figures) {
    const line = element(body, 'tr');
    [titleOf(f.who), timeText(f.nanos), ratioText(f.ratio.median),
      ratioText(f.ratio.lower) + ' to ' + ratioText(f.ratio.upper),
      ratioText(f.ratio.best) + ' to ' + ratioText(f.ratio.worst),
      f.bytes.toFixed(2),
      f.sockfd ? ratioText(f.sockfd.median) : '', f.sockfd ? ratioText(f.sockfd.worst) : '']
      .forEach((text, column) => {
        element(line, 'td', text).dataset.head = heads[column];
      });
  }
}

function show(cards, row) {
  const card = element(cards, 'article', undefined, 'card' + (trusted(row) ? '' : ' untrusted'));
  card.id = row.row;
  const head = element(card, 'h3', row.title);
  const link = element(head, 'a', '#', 'link');
  link.href = '#' + row.row;
  link.setAttribute('aria-label', 'a link to ' + row.row);
  element(card, 'p', row.row + (row.metric === 'time' ? '' : ': ' + row.metric), 'note');
  if (!trusted(row)) {
    element(card, 'p', 'Not to be trusted: ' + row.troubles.join('; '), 'note trouble');
  }
  if (row.figures.length > 0) {
    charts.push(bars(card, row), percentiles(card, row));
  }
  for (const [who, text] of Object.entries(row.notes)) {
    element(card, 'p', titleOf(who) + ': ' + text, 'note');
  }
  for (const [who, text] of Object.entries(row.absent)) {
    element(card, 'p', titleOf(who) + ' took no part: ' + text, 'note');
  }
  if (row.figures.length > 0) {
    table(card, row);
  }
}

function curve(card, { axis: name, rows, words }) {
  const place = canvas(card, 300);
  const points = rows.map(id => results.rows.find(row => row.row === id));
  const everybody = Object.keys(results.contestants).filter(who => points.filter(row => figureOf(row, who)).length > 2);
  place.setAttribute('role', 'img');
  place.setAttribute('aria-label', words.join('; '));
  words.forEach(text => element(card, 'p', text, 'note'));
  return () => new Chart(place, {
    type: 'scatter',
    data: {
      datasets: everybody.map(who => ({
        label: titleOf(who),
        showLine: true,
        data: points.filter(row => figureOf(row, who)).map(row => ({ x: row.at, y: figureOf(row, who).nanos })),
        borderColor: colour(families[who]),
        backgroundColor: hollow.includes(who) ? colour('ground') : colour(families[who]),
        borderDash: hollow.includes(who) ? [5, 4] : [],
        borderWidth: who === 'SOCKFD' ? 3 : 1.5
      }))
    },
    options: {
      animation: false,
      maintainAspectRatio: false,
      scales: {
        x: axis(name, { type: 'logarithmic', ticks: { color: colour('soft'), maxTicksLimit: 6,
          callback: value => value.toLocaleString('en') } }),
        y: axis('time', { type: 'logarithmic',
          ticks: { color: colour('soft'), maxTicksLimit: 6, callback: value => timeText(value) } })
      },
      plugins: {
        legend: { labels: { color: colour('ink'), boxHeight: 2 } },
        tooltip: { callbacks: { label: item => item.dataset.label + ': ' + timeText(item.parsed.y) } }
      }
    }
  });
}

function allCurves() {
  const section = document.getElementById('curves');
  if (curves.length === 0) {
    section.remove();
    return;
  }
  for (const each of curves) {
    const card = element(section.querySelector('.cards'), 'article', undefined, 'card');
    element(card, 'h3', each.title);
    charts.push(curve(card, each));
  }
}

function sections() {
  const byOperation = new Map();
  for (const row of results.rows) {
    const operation = row.row.split('/')[0];
    byOperation.set(operation, [...(byOperation.get(operation) || []), row]);
  }
  const rows = document.getElementById('rows');
  const nav = document.getElementById('operations');
  for (const [operation, list] of byOperation) {
    const link = element(nav, 'a', operation);
    link.href = '#' + operation;
    const section = element(rows, 'section');
    section.id = operation;
    element(section, 'h3', operation);
    const cards = element(section, 'div', undefined, 'cards');
    list.forEach(row => show(cards, row));
  }
}

function about() {
  const { machine: m, settings: s } = results;
  document.getElementById('about').textContent =
    `${results.command}, ${results.date}: ${s.forks} JVMs for each row, ${s.rounds} rounds in each. ` +
    `${m.processor}, ${m.processors} processors, Linux ${m.kernel}, ${m.jdk}.`;
  const list = document.querySelector('#machine dl');
  define(list, 'processor', `${m.processor}, ${m.processors}${m.virtual ? ', of a virtual machine' : ''}, ${m.architecture}`);
  if (m.getppidNanos) {
    define(list, 'a system call', `${timeText(m.getppidNanos)}: getppid in C`);
  }
  define(list, 'memory', `${m.memoryMiB} MiB`);
  define(list, 'kernel', `Linux ${m.kernel}, clock ${m.clock}`);
  define(list, 'system', m.system);
  define(list, 'JDK', m.jdk);
  define(list, 'versions', Object.entries(m.versions).map(([name, v]) => `${name} ${v}`).join(', '));
  const vulnerabilities = Object.entries(m.mitigations);
  vulnerabilities.filter(([, state]) => state !== 'Not affected').forEach(([name, state]) => define(list, name, state));
  define(list, 'not affected by',
    vulnerabilities.filter(([, state]) => state === 'Not affected').map(([name]) => name).join(', '));
  const who = document.querySelector('#contestants dl');
  Object.values(results.contestants).forEach(c => define(who, c.title, c.meaning));
}

let shown = [];
function draw() {
  shown.forEach(chart => chart.destroy());
  shown = charts.filter(make => make).map(make => make());
}

about();
score();
allRows();
losses();
const drawStrips = strips();
allCurves();
sections();
draw();
if (drawStrips) {
  drawStrips();
  addEventListener('resize', drawStrips);
}
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
if (location.hash) { // what it names was not there when the page came
  document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
}
