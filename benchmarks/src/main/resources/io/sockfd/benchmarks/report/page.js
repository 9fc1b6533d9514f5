'use strict';
const { results, families } = JSON.parse(document.getElementById('data').textContent);
const charts = [];

const colour = name => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
const titleOf = who => results.contestants[who].title;
const ratioText = value => value.toFixed(value < 0.1 ? 3 : 2);

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

function define(list, term, text) {
  element(list, 'dt', term);
  element(list, 'dd', text);
}

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
  const made = element(details, 'table');
  const head = element(made, 'tr');
  ['', 'time', 'ratio', 'quartiles', 'forks', 'B/op', 'sockfd takes', 'worst fork']
    .forEach(text => element(head, 'th', text));
  for (const f of row.figures) {
    const line = element(made, 'tr');
    [titleOf(f.who), timeText(f.nanos), ratioText(f.ratio.median),
      ratioText(f.ratio.lower) + ' to ' + ratioText(f.ratio.upper),
      ratioText(f.ratio.best) + ' to ' + ratioText(f.ratio.worst),
      f.bytes.toFixed(2),
      f.sockfd ? ratioText(f.sockfd.median) : '', f.sockfd ? ratioText(f.sockfd.worst) : '']
      .forEach(text => element(line, 'td', text));
  }
}

function show(cards, row) {
  const card = element(cards, 'article', undefined, 'card');
  element(card, 'h3', row.title);
  if (row.metric !== 'time') {
    element(card, 'p', row.metric, 'note');
  }
  if (row.troubles.length > 0) {
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
    element(section, 'h2', operation);
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

let drawn = [];
function draw() {
  drawn.forEach(chart => chart.destroy());
  drawn = charts.filter(make => make).map(make => make());
}

about();
sections();
draw();
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
