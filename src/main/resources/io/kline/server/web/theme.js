/* Runs before the page is drawn: dark or light as the system is, until the reader chooses. */
(() => {
    const light = matchMedia('(prefers-color-scheme: light)');
    const root = document.documentElement;
    const apply = () => {
        root.dataset.theme = localStorage.getItem('theme') ?? (light.matches ? 'light' : 'dark');
        dispatchEvent(new Event('themechange'));
    };
    apply();
    light.addEventListener('change', apply);
    addEventListener('DOMContentLoaded', () => {
        document.getElementById('theme').addEventListener('click', () => {
            localStorage.setItem('theme', root.dataset.theme === 'dark' ? 'light' : 'dark');
            apply();
        });
    });
})();
