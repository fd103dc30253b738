// The page's first script: it starts, at once and side by side, what takes time (the store's two copies, the lock
// that lets one tab write, the program), and shows a message when the page can't run. No logic of the app.
'use strict';
(() => {
  performance.mark('outpost-boot');
  const texts = {
    en: {
      noWebGL: 'Outpost draws its page with WebGL 2, which this browser does not offer. Turn on hardware acceleration, or use a current Chrome, Edge, Firefox or Safari.',
      noWasm: 'Outpost runs as WebAssembly, which this browser does not offer or has turned off, as lockdown modes do. Turn it on for this site, or use a current Chrome, Edge, Firefox or Safari. Your data is kept on this device.',
      noStart: 'Outpost could not start. Reload the page; your data is kept on this device.',
      noFile: 'Outpost could not load a part of itself, {0}: the server does not send it, or sends it as something else. Reload the page; if that changes nothing, whoever runs the server has to put the files in order. Your data is kept on this device.',
      reload: 'Reload',
    },
    zh: {
      noWebGL: 'Outpost 使用 WebGL 2 绘制页面，而此浏览器不支持。请开启硬件加速，或使用新版 Chrome、Edge、Firefox 或 Safari。',
      noWasm: 'Outpost 以 WebAssembly 运行，而此浏览器不支持或已将其关闭（例如锁定模式）。请为此网站启用它，或使用新版 Chrome、Edge、Firefox 或 Safari。您的数据仍保存在此设备上。',
      noStart: 'Outpost 无法启动。请重新加载页面；您的数据仍保存在此设备上。',
      noFile: 'Outpost 无法加载程序文件 {0}：服务器没有提供它，或以错误的类型提供。请重新加载页面；如果仍然如此，需要由服务器的管理者修复文件。您的数据仍保存在此设备上。',
      reload: '重新加载',
    },
  };
  let chosen = '';
  try { chosen = localStorage.getItem('outpost.language') || ''; } catch { /* storage is refused */ }
  const language = (chosen || navigator.language || 'en').toLowerCase().startsWith('zh') ? 'zh' : 'en';
  document.documentElement.lang = chosen || (language === 'zh' ? 'zh-CN' : navigator.language || 'en');
  let theme = '';
  try { theme = localStorage.getItem('outpost.theme') || ''; } catch { /* storage is refused */ }
  if (theme) document.documentElement.dataset.theme = theme;

  // Scripts come from beside this page and from nowhere else.
  const ours = new Set(['./%FILE:store_worker.js%', './service_worker.js']);
  const policy = globalThis.trustedTypes?.createPolicy('outpost', {
    createScriptURL(url) {
      if (!ours.has(url)) throw new TypeError('not a script of this page');
      return url;
    },
  });
  const script = (url) => policy ? policy.createScriptURL(url) : url;

  const boot = globalThis.outpostBoot = {
    texts: texts[language], failed: false,
    fail(message) {
      if (boot.failed) return;
      if (!document.body) return setTimeout(boot.fail, 50, message);
      boot.failed = true;
      document.getElementById('loading')?.remove();
      const box = document.createElement('div');
      box.className = 'failure';
      box.setAttribute('role', 'alert');
      const text = document.createElement('p');
      text.textContent = message;
      const button = document.createElement('button');
      button.textContent = boot.texts.reload;
      button.addEventListener('click', () => location.reload());
      box.append(text, button);
      document.body.append(box);
    },
  };

  // ---- a part of the program that does not arrive is told ----
  const lacks = (address) => boot.fail(boot.texts.noFile.replace('{0}', address.replace(/.*\//, '')));
  addEventListener('error', ({ target }) => {
    if (target.matches?.('script, [rel=stylesheet]')) lacks(target.src || target.href);
  }, true);
  const load = async (address) => {
    try {
      const response = await fetch(address, { credentials: 'same-origin' });
      if (response.ok) return response;
      throw new Error(`${address}: ${response.status}`);
    } catch (error) {
      lacks(address);
      throw error;
    }
  };

  // ---- one tab owns the store ----
  const channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel('outpost') : null, me = Math.random();
  const say = (what) => channel?.postMessage({ what, from: me });
  const lock = boot.lock = { state: 'waiting', listener: null, release: null, onRequest: null };
  const asked = 'outpost.take';
  let electing = false, answered = false, isWanted = false;
  try {
    isWanted = !!sessionStorage.getItem(asked);  // before the page was loaded anew
    sessionStorage.removeItem(asked);
  } catch { /* storage is refused */ }
  let gotLock;
  boot.owned = new Promise((resolve) => { gotLock = resolve; });
  const setState = (state) => {
    if (lock.state === state) return;
    lock.state = state;
    if (state === 'owned') gotLock();
    lock.listener?.(state);
    if (state === 'other' && isWanted) {
      isWanted = false;
      lock.takeOver();
    }
  };
  const hold = () => new Promise((resolve) => {
    lock.release = () => { setState('lost'); resolve(); };
    setState('owned');
  });
  const lose = () => {
    setState('lost');
    boot.worker?.postMessage({ op: 'close' });
  };
  // What was asked for before another way led to it is granted when this tab has given the lock away: it wants none then.
  const requestLock = (options) => navigator.locks.request('outpost-store', options, (held) => held && lock.state !== 'lost' ? hold() : 'taken')
    .catch(() => { lock.state === 'owned' ? lose() : options.signal?.aborted || elect(); });
  // Behind the tab that works, and behind those that wait: whoever asks for the data, or is being loaded anew, goes first.
  let place = null;
  const queue = (pause) => {
    if (place?.signal.aborted) return;
    place?.abort();
    const ask = () => {
      place = new AbortController();
      if (lock.state !== 'owned') requestLock({ signal: place.signal });
    };
    pause ? setTimeout(ask, pause) : ask();
  };
  // Where there are no locks (plain http, site data that is blocked) the tabs ask each other. Of two that start together
  // the one with the lower number goes first.
  const own = () => {
    lock.release = () => {
      setState('lost');
      say('free');
    };
    setState('owned');
  };
  const elect = () => {
    if (lock.state !== 'waiting' || electing) return;
    electing = true;
    say('who');
    setTimeout(() => { if (lock.state === 'waiting') own(); }, channel ? 300 : 0);
  };
  if (navigator.locks) {
    requestLock({ ifAvailable: true }).then((answer) => {
      if (answer !== 'taken') return;
      queue(0);  // granted when the other tab closes
      say('who');
      if (isWanted) setState('other');
      // A page that is being reloaded lets go late: only an answer, or a long silence, means another tab.
      setTimeout(() => { if (lock.state === 'waiting') setState('other'); }, 1500);
    });
  } else {
    elect();
  }
  const isElsewhere = () => lock.state === 'other' || lock.state === 'unsaved';
  const take = () => {
    say('stolen');  // its worker lets go of the files, though the page be too busy to be told
    electing ? own() : requestLock({ steal: true });
  };
  if (channel) channel.onmessage = ({ data: { what, from } }) => {
    if (what === 'who' && (lock.state === 'owned' || (electing && lock.state === 'waiting' && me < from))) say('mine');
    if (what === 'mine' && lock.state === 'waiting') setState('other');
    if (what === 'saving') answered = true;
    if (what === 'free' && electing && answered && isElsewhere()) own();
    if (what === 'stolen' && lock.state === 'owned') lose();
    if (place && (isElsewhere() || lock.state === 'waiting') && (what === 'take' || what === 'leaving')) queue(what === 'take' ? 0 : 1500);
    if (what === 'take' && lock.state === 'owned') {
      say('saving');
      lock.onRequest ? lock.onRequest() : lock.release();
    }
  };
  addEventListener('pagehide', () => { if (lock.state === 'owned') say('leaving'); });
  // A tab that the browser has frozen can't answer: what it has is taken. One that answers but can't save keeps it, until
  // the person says once more that it is wanted here.
  lock.takeOver = () => {
    if (lock.state === 'unsaved') return take();
    if (lock.state === 'lost') {  // what is shown here is old
      try { sessionStorage.setItem(asked, '1'); } catch { /* asked for once more, then */ }
      return location.reload();
    }
    answered = false;
    say('take');
    channel?.postMessage('take');  // a tab of a version from before
    setTimeout(() => {
      if (lock.state === 'other') answered ? setState('unsaved') : take();
    }, 3000);
  };

  // ---- the store's second copy: a worker over the private file system ----
  boot.opfs = new Promise((resolve) => {
    let worker;
    try { worker = new Worker(script('./%FILE:store_worker.js%'), { name: 'outpost-store' }); } catch { return resolve(null); }
    boot.worker = worker;
    worker.onerror = () => resolve(null);
    worker.onmessage = ({ data }) => resolve(data.error ? null : data);
    boot.owned.then(() => worker.postMessage({ op: 'open', owner: me }));
    // A worker that never answers must not keep the page from opening.
    boot.owned.then(() => setTimeout(() => resolve(null), 6000));
  });

  // ---- the store's first copy: IndexedDB ----
  boot.openDatabase = () => new Promise((resolve) => {
    let lost = false, request;
    try { request = indexedDB.open('outpost', 1); } catch { return resolve(null); }
    request.onupgradeneeded = (e) => {
      lost = e.dataLoss === 'total';
      for (const name of ['log', 'snapshot', 'meta', 'scratch']) request.result.createObjectStore(name);
    };
    request.onblocked = () => { boot.blocked = true; };
    request.onerror = () => {
      boot.databaseError = request.error?.name;
      resolve(null);
    };
    request.onsuccess = () => resolve({ db: request.result, lost });
    setTimeout(() => resolve(null), 8000);
  });
  // What the page must know before it chooses a copy: the newest sequence that this one holds.
  boot.databaseState = (opened) => new Promise((resolve) => {
    const tx = opened.db.transaction(['log', 'meta'], 'readonly');
    const newest = tx.objectStore('log').openKeyCursor(null, 'prev'), meta = tx.objectStore('meta').get('snapshot');
    const alone = tx.objectStore('meta').get('alone');
    let last = null;
    newest.onsuccess = () => { last = newest.result?.key ?? null; };
    tx.oncomplete = () => resolve({ ...opened, last, meta: meta.result ?? null, alone: alone.result ?? -1 });
    tx.onabort = opened.db.onclose = () => resolve(null);
  });
  boot.idb = boot.openDatabase();
  boot.idbState = Promise.all([boot.idb, boot.owned]).then(([opened]) => opened && boot.databaseState(opened)).catch(() => null);

  // ---- the program, and the service worker that keeps it for the next visit ----
  let updateListener = null, waiting = null;
  boot.onUpdate = (listener) => { updateListener = listener; if (waiting) listener(); };
  boot.applyUpdate = () => {
    // In another tab it was agreed to before: the version is here already.
    if (waiting.state !== 'installed') return location.reload();
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
    waiting.postMessage('activate');
  };
  // The first page says that it works without a network, unless it is known here that it will not open.
  const tellKept = (kept) => {
    try {
      if (!localStorage.getItem('outpost.not_offline') === kept) return;
      kept ? localStorage.removeItem('outpost.not_offline') : localStorage.setItem('outpost.not_offline', '1');
      dispatchEvent(new Event('offline'));  // it is drawn anew
    } catch { /* storage is refused */ }
  };
  const registerServiceWorker = async () => {
    if (!document.documentElement.dataset.version) return;
    try {
      const registration = await navigator.serviceWorker.register(script('./service_worker.js'),
        { scope: './', updateViaCache: 'none' });
      const ready = (worker) => {
        if (!worker || !navigator.serviceWorker.controller) return;
        waiting = worker;
        updateListener?.();
      };
      ready(registration.waiting);
      if (registration.active) tellKept(true);
      // Browsers look for a new version when the page is opened; one that stays open for days looks when it is shown.
      let looked = Date.now();
      document.addEventListener('visibilitychange', () => {
        if (document.hidden || Date.now() - looked < 3_600_000) return;
        looked = Date.now();
        registration.update().catch(() => { /* no network: later */ });
      });
      registration.addEventListener('updatefound', () => {
        const worker = registration.installing;
        worker?.addEventListener('statechange', () => {
          if (worker.state === 'installed') ready(worker);
          tellKept(Boolean(registration.active ?? registration.waiting));
        });
      });
    } catch {  // a host without it, or private browsing: the page works while online
      tellKept(Boolean(navigator.serviceWorker?.controller));
    }
  };
  // A browser short of room deletes what sites keep, unless it was asked not to. Firefox alone would ask the person, who
  // finds a button for it in Settings; the others answer by how the site is used.
  const keepForGood = () => { if (!('mozInnerScreenX' in globalThis)) navigator.storage?.persist?.().catch(() => {}); };
  boot.afterFirstFrame = () => {
    setTimeout(registerServiceWorker, 200);
    keepForGood();
  };
  // Compiled while it arrives, where the browser can and the server calls it what it is.
  boot.module = load('./%WASM%').then(async (response) => WebAssembly.compileStreaming && response.headers.get('content-type') === 'application/wasm'
    ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer()));
  // What a person reads, in every language: a file of its own, so that the program is smaller.
  boot.messages = load('./%FILE:messages.txt%').then((response) => response.arrayBuffer());
  boot.messages.catch(() => {});
  boot.module.then(() => performance.mark('outpost-compiled'), () => {});
})();
