"""Contrast by WCAG 2.2, as the browser paints: a text's colour against the first ground below it that is not clear.

axe-core reads the colours that were asked for, not the forced ones, and knows no limit of 7:1.
"""

CONTRAST = """selector => {
    const parts = colour => colour.match(/[\\d.]+/g).map(Number);
    const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
        .map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
        .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
    const ground = e => {
        for (; e; e = e.parentElement) {
            const found = parts(getComputedStyle(e).backgroundColor);
            if (found.length < 4 || found[3] > 0) return found;
        }
        return [255, 255, 255];
    };
    return [...document.querySelectorAll(selector)].filter(e => e.checkVisibility()).map(e => {
        const [a, b] = [light(parts(getComputedStyle(e).color)), light(ground(e))].sort((x, y) => y - x);
        return [e.textContent.trim().slice(0, 40), Math.round((a + .05) / (b + .05) * 100) / 100];
    });
}"""


def pale(page, least: float, selector: str = "body *") -> list[tuple[str, float]]:
    """The texts of `selector` with less contrast than `least`, and what they have. Fails when there is no text at all."""
    found = page.evaluate(CONTRAST, selector)
    assert found, selector
    return [(words, ratio) for words, ratio in found if ratio < least]
