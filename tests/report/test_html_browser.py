"""The HTML report in a real headless Chromium: what it shows, how it is used, and that it asks nobody for anything."""

import json
import re
import shutil
import time

import pytest

from spmlint.cli import main

from harness import FIXTURES, ROOT

pytestmark = pytest.mark.browser

EXAMPLE = (ROOT / "docs" / "examples" / "report.html").as_uri()
PROGRAM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
QUIET = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def playwright():
    return pytest.importorskip("playwright.sync_api", reason="install the extra spmlint[browser]")


@pytest.fixture(scope="module")
def chromium(playwright):
    if PROGRAM is None:
        pytest.skip("no Chromium is installed")
    with playwright.sync_playwright() as run:
        browser = run.chromium.launch(executable_path=PROGRAM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium):
    """Open a page in a window of its own; at the end nothing may have been complained of, asked for or popped up."""
    contexts, heard, asked = [], [], []

    def make(url=EXAMPLE, *, width=1280, scheme="light", script=True):
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=script
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: heard.append(message.text))
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.on("dialog", lambda dialog: (heard.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(url)
        return page

    yield make
    for context in contexts:
        context.close()
    assert heard == []
    assert [url for url in asked if not url.startswith("file:///")] == []
    assert len(asked) == len(contexts)


@pytest.fixture
def written(folder, monkeypatch, capsys):
    """The address of the page of files of the folder."""
    monkeypatch.chdir(folder.path)

    def make():
        assert main(["explain", "--isolated", "--format", "html", "."]) == 0
        folder.write("report.html", capsys.readouterr().out)
        return (folder.path / "report.html").as_uri()

    return make


def shown(page, selector):
    """The elements of a selector that can be seen."""
    return page.locator(f"{selector}:visible")


def announced(page):
    return page.get_by_role("status").inner_text()


# ---- filters -----------------------------------------------------------------------------------------------------


def test_at_first_everything_is_shown(visit):
    page = visit()
    findings, jobs = page.locator(".findings > li").count(), page.locator("article.job").count()
    assert (shown(page, ".findings > li").count(), shown(page, "article.job").count()) == (findings, jobs)
    assert announced(page) == f"All {findings} findings in {jobs} jobs."


def test_a_severity_narrows_findings_jobs_and_the_index(visit, playwright):
    page = visit()
    total = page.locator(".findings > li").count()
    warnings = page.locator(".findings > li[data-severity=warning]").count()
    assert 0 < warnings < total
    for other in ("errors", "info"):
        page.get_by_role("checkbox", name=other).uncheck()
    assert shown(page, ".findings > li").count() == warnings
    warned = page.locator("article.job:has(li[data-severity=warning])").count()
    assert 1 < warned < page.locator("article.job").count()
    assert shown(page, "article.job").count() == warned
    assert shown(page, "tr[data-job]").count() == warned
    assert announced(page) == f"{warnings} of {total} findings shown, in {warned} jobs."
    page.get_by_role("button", name="Show all").click()
    playwright.expect(page.get_by_role("status")).to_have_text(re.compile("All "))
    assert shown(page, ".findings > li").count() == total


def test_a_rule_narrows(visit):
    page = visit()
    page.get_by_label("Rule").select_option("SPM301")
    assert [title.split()[0] for title in shown(page, "article.job h3").all_inner_texts()] == ["invoices", "sessions"]
    assert re.fullmatch(r"2 of \d+ findings shown, in 2 jobs\.", announced(page))


def test_text_finds_jobs_by_name_and_findings_by_their_words(visit):
    page = visit()
    field = page.get_by_label("Text")
    field.fill("SESSIONS")
    assert [title.split()[0] for title in shown(page, "article.job h3").all_inner_texts()] == ["sessions"]
    assert shown(page, ".findings > li").count() == page.locator("#job-sessions .findings > li").count()
    field.fill("exceeded maximumCAPACITY settings")
    assert shown(page, ".findings > li").count() == 1
    field.fill("no such words")
    assert shown(page, "article").count() == 0
    assert not page.get_by_role("heading", name="Jobs", exact=True).is_visible()
    assert announced(page).startswith("0 of ")
    field.fill("")
    assert announced(page).startswith("All ")


def test_filters_are_joined(visit):
    page = visit()
    page.get_by_label("Rule").select_option("SPM301")
    page.get_by_role("checkbox", name="warnings").uncheck()
    assert shown(page, ".findings > li").count() == 0


# ---- keyboard and eyes -------------------------------------------------------------------------------------------


def test_the_keyboard_alone_reaches_and_uses_all_controls(visit):
    page = visit()
    reached = []
    for _ in range(8):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate(
                "(document.activeElement.id || document.activeElement.name || document.activeElement.textContent)"
            )
        )
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none", reached[-1]
    assert reached == ["Skip to the jobs", "theme", "severity", "severity", "severity", "rule", "text", "Show all"]
    page.keyboard.press("Shift+Tab")
    page.keyboard.type("sessions")
    assert announced(page).endswith("in 1 job.")
    for _ in ("rule", "info", "warning"):
        page.keyboard.press("Shift+Tab")
    before = announced(page)
    page.keyboard.press("Space")
    assert announced(page) != before


def test_the_first_stop_leads_past_the_filters(visit):
    page = visit()
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the jobs")
    assert skip.bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    assert page.url.endswith("#jobs")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('article').id").startswith("job-")


def test_the_theme_follows_the_system_until_it_is_chosen(visit):
    paper = "getComputedStyle(document.body).backgroundColor"
    light, dark = visit(), visit(scheme="dark")
    assert light.evaluate(paper) != dark.evaluate(paper)
    button = light.get_by_role("button", name="Dark")
    assert button.get_attribute("aria-pressed") == "false"
    button.click()
    assert button.get_attribute("aria-pressed") == "true"
    assert light.evaluate(paper) == dark.evaluate(paper)
    button.click()
    assert light.evaluate(paper) != dark.evaluate(paper)
    assert dark.get_by_role("button", name="Dark").get_attribute("aria-pressed") == "true"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_no_barrier(visit, scheme, width):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="install the extra spmlint[browser]")
    found = axe.Axe().run(visit(width=width, scheme=scheme)).response["violations"]
    told = [(one["id"], node["target"], node["failureSummary"]) for one in found for node in one["nodes"]]
    assert told == []


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_nothing_has_to_be_scrolled_sideways(visit, width):
    page = visit(width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    beyond = """[...document.querySelectorAll("body *")].filter(
        (element) => element.checkVisibility() && element.getBoundingClientRect().right > innerWidth + 1
            && getComputedStyle(element.closest("thead, caption") ?? element).position !== "absolute"
    ).map((element) => element.outerHTML.slice(0, 80))"""
    assert page.evaluate(beyond) == []


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_words_in_a_picture_stay_in_their_box(visit, width):
    page = visit(width=width)
    outside = """[...document.querySelectorAll(".map g")].flatMap((group) => {
        const box = group.querySelector("rect").getBoundingClientRect();
        return [...group.querySelectorAll("text")].filter((text) => {
            const own = text.getBoundingClientRect();
            return own.width > 0 && (own.left < box.left || own.right > box.right);
        }).map((text) => text.textContent);
    })"""
    assert page.evaluate(outside) == []
    named = """[...document.querySelectorAll(".map text")].filter((text) => text.checkVisibility()).length"""
    assert page.evaluate(named) > 20


def test_boxes_are_as_wide_on_the_screen_as_the_numbers_say(visit):
    page = visit()
    for row in page.locator("#job-sessions .role").last.locator(".parts tbody tr").all():
        name, mib = row.locator("th").inner_text().split()[0], float(row.locator("td").first.inner_text())
        box = page.locator("#job-sessions .role").last.locator(f".map .p.{name}").bounding_box()
        whole = page.locator("#job-sessions .role").last.locator(".map .p.container").bounding_box()
        assert box["width"] == pytest.approx(whole["width"] * mib / 14336, abs=1.5), name


def test_a_printed_page_is_light_and_has_no_controls(visit):
    page = visit(scheme="dark")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert not page.locator("#filters").is_visible()
    assert not page.locator("#theme").is_visible()
    assert page.locator("article.job").first.is_visible()


def test_without_scripts_everything_is_there(visit):
    page = visit(script=False)
    assert shown(page, ".findings > li").count() == page.locator(".findings > li").count() > 0
    assert shown(page, "article.job").count() == page.locator("article.job").count()
    assert not page.locator("#filters").is_visible()
    assert not page.locator("#theme").is_visible()


# ---- hostile and many --------------------------------------------------------------------------------------------


def test_hostile_names_and_values_do_not_run(visit, written, folder):
    attack = "</title></script></pre><script>alert(1)</script><img src=http://127.0.0.1/x onerror=alert(2)><!--\u2028"
    name = json.dumps(attack)
    folder.write(
        "job.yaml",
        "apiVersion: sparkoperator.k8s.io/v1beta2\nkind: SparkApplication\n"
        f"metadata: {{name: {name}}}\nspec:\n  type: Python\n  mode: cluster\n  mainApplicationFile: {name}\n"
        f"  sparkVersion: 3.5.1\n  sparkConf: {{spark.executor.cores: {name}, {name}: {name}}}\n"
        "  driver: {memory: 400m}\n  executor: {memory: 4g}\n",
    )
    page = visit(written())
    assert attack[:-1] in page.locator("h3").first.inner_text()
    assert page.locator("script").count() == 1
    assert page.locator("img").count() == 0
    page.get_by_label("Text").fill("<script>")
    assert shown(page, "article.job").count() == 1


def test_a_thousand_jobs_stay_usable(visit, playwright, written, folder):
    sessions = (FIXTURES / "examples" / "platform" / "sessions.yaml").read_text()
    for part in range(10):
        names = (f"name: sessions-{part * 100 + number}\n" for number in range(100))
        folder.write(f"{part}.yaml", "\n---\n".join(sessions.replace("name: sessions\n", name) for name in names))
    url = written()
    start = time.monotonic()
    page = visit(f"{url}#job-sessions-987")
    assert page.locator("article.job").count() == 1000
    playwright.expect(page.locator("#job-sessions-987 h3")).to_be_in_viewport()
    page.get_by_label("Text").fill("sessions-98")
    # sessions-98 and sessions-980 to 989
    assert shown(page, "tr[data-job]").count() == 11
    assert announced(page).endswith("in 11 jobs.")
    # A few seconds on an idle machine; this only tells a page that nobody would wait for.
    assert time.monotonic() - start < 60
