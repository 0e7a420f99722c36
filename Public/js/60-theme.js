// Light or dark at once; the server keeps the choice.
for (const form of document.querySelectorAll('form.theme')) {
  form.addEventListener('submit', event => {
    if (!event.submitter) return
    event.preventDefault()
    const { value } = event.submitter
    if (value === 'system') delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = value
    for (const each of document.querySelectorAll('form.theme button')) {
      each.setAttribute('aria-pressed', String(each.value === value))
    }
    fetch(form.action, { method: 'POST', keepalive: true, body: new URLSearchParams(new FormData(form, event.submitter)) })
  })
}
