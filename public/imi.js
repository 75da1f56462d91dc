// Makes the pages nicer to use. Every page works without this file.

const WARN_BEFORE_END = 120_000
const HOLD_AFTER_SUBMIT = 5_000
const COUNT_AFTER_PAUSE = 400

document.querySelector('[data-error-summary]')?.focus()
for (const field of document.querySelectorAll('[data-max-characters]')) countCharacters(field)
for (const button of document.querySelectorAll('[data-print]')) offerPrinting(button)
holdSecondSubmit()
warnBeforeIdleEnd(Number(document.body.dataset.idleSeconds))

/** Says below a text field how many characters are left, or how many there are too many. */
function countCharacters(field) {
  const counter = document.getElementById(`${field.id}-count`)
  const max = Number(field.dataset.maxCharacters)
  const format = new Intl.NumberFormat(document.documentElement.lang)
  let pause

  const show = () => {
    const left = max - [...field.value].length
    counter.textContent = (left < 0 ? counter.dataset.over : counter.dataset.left) + ' ' + format.format(Math.abs(left))
    counter.toggleAttribute('data-is-over', left < 0)
  }
  field.addEventListener('input', () => {
    clearTimeout(pause)
    pause = setTimeout(show, COUNT_AFTER_PAUSE)
  })
  show()
}

/** A button that prints the page; without a script the browser's own command does. */
function offerPrinting(button) {
  button.hidden = false
  button.addEventListener('click', () => print())
}

/** A second click on the button that sends a form does nothing for a few seconds. */
function holdSecondSubmit() {
  const held = new Set()
  document.addEventListener('submit', event => {
    const form = event.target
    if (form.getAttribute('method') !== 'post') return
    if (held.has(form)) return event.preventDefault()
    held.add(form)
    const button = event.submitter
    // Only after the browser has read the form: a disabled button's own name and value would not be sent.
    setTimeout(() => button?.setAttribute('aria-disabled', 'true'))
    setTimeout(() => release(form, button), HOLD_AFTER_SUBMIT)
  })
  // Back from the browser's cache: the forms are as the reader left them, so their buttons must work again.
  window.addEventListener('pageshow', event => {
    if (!event.persisted) return
    for (const form of held) release(form, form.querySelector('button[aria-disabled]'))
  })

  function release(form, button) {
    held.delete(form)
    button?.removeAttribute('aria-disabled')
  }
}

/** Offers, two minutes before the session ends, to stay signed in. What was typed stays on the page. */
function warnBeforeIdleEnd(idleSeconds) {
  const dialog = document.getElementById('idle-warning')
  if (!idleSeconds || !dialog) return

  const [warning, ended] = dialog.querySelectorAll('[data-idle]')
  // Each page that is opened in another tab keeps the session alive for this one too.
  const tabs = new BroadcastChannel('imi-session')
  let end
  const restart = () => {
    end = Date.now() + idleSeconds * 1000
    if (dialog.open) dialog.close()
  }
  const show = hasEnded => {
    warning.hidden = hasEnded
    ended.hidden = !hasEnded
    dialog.setAttribute('aria-labelledby', hasEnded ? 'idle-ended-title' : 'idle-warning-title')
    if (!dialog.open) dialog.showModal()
  }
  // The clock is read, not counted: a sleeping computer stops timers but not the session.
  const look = () => {
    const left = end - Date.now()
    if (left <= 0) show(true)
    if (left <= 0) clearInterval(watch)
    else if (left <= WARN_BEFORE_END) show(false)
  }

  tabs.addEventListener('message', restart)
  tabs.postMessage('alive')
  restart()
  const watch = setInterval(look, 5_000)
  document.addEventListener('visibilitychange', look)

  dialog.querySelector('[data-idle-extend]').addEventListener('click', async () => {
    const token = document.querySelector('input[name="_csrf"]').value
    const answer = await fetch('/session/extension', {
      method: 'POST',
      headers: { 'x-csrf-token': token },
      redirect: 'manual',
    }).catch(() => undefined)
    // No answer at all means the network is away, not that the session has ended: the warning stays.
    if (!answer) return
    if (!answer.ok) return show(true)
    restart()
    tabs.postMessage('alive')
  })
  dialog.querySelector('[data-idle-close]').addEventListener('click', () => dialog.close())
}
