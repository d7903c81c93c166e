"""Headless Chromium with a profile of its own, and what it saw and asked for."""

import json
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from selenium import webdriver
from selenium.webdriver.chrome.service import Service

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
)  # fmt: skip

CHROMIUM = shutil.which("chromium")
DRIVER = shutil.which("chromedriver")
IS_THERE = CHROMIUM is not None and DRIVER is not None


class Browser:
    """A browser window."""

    def __init__(self, driver: webdriver.Chrome) -> None:
        self.driver = driver

    def open(self, address: str) -> None:
        """Open a page and wait until it is ready. Pages that differ in what is behind `#` alone are loaded anew."""
        self.driver.get("about:blank")
        self.seen_so_far()
        self.driver.get(address)
        self.wait("document.body.dataset.ready")

    def wait(self, condition: str, seconds: float = 30) -> Any:
        """Wait until a condition in JavaScript holds; return its value."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if value := self.ask(condition):
                return value
            time.sleep(0.02)
        raise TimeoutError(f"{condition} does not come to hold; console: {self.driver.get_log('browser')}")

    def ask(self, expression: str, *arguments: Any) -> Any:
        """Return the value of an expression in JavaScript."""
        return self.driver.execute_script(f"return {expression}", *arguments)

    def text(self, selector: str) -> str:
        """Return the text of the first element of a kind."""
        return str(self.ask("document.querySelector(arguments[0]).textContent", selector))

    def keys(self, selector: str, *keys: str) -> None:
        """Press keys within an element."""
        self.driver.find_element("css selector", selector).send_keys(*keys)

    def press(self, *keys: str) -> None:
        """Press keys wherever the reader is."""
        self.driver.switch_to.active_element.send_keys(*keys)

    def set(self, name: str, value: Any) -> None:
        """Give a field of the form a value, as a reader would, and wait until the page has followed."""
        self.ask(
            "(() => { const field = document.getElementById(arguments[0]);"
            "if (field.type === 'checkbox') field.checked = arguments[1]; else field.value = arguments[1];"
            "document.body.dataset.filtered = ''; field.dispatchEvent(new Event('input', { bubbles: true })); })()",
            name,
            value,
        )
        self.wait("document.body.dataset.filtered")

    def show(self, row: int) -> None:
        """Open an incident by its place in the list."""
        self.ask("document.body.dataset.opened = ''")
        self.ask("document.getElementById('list').focus()")
        self.press("\ue011", *("\ue015" * row))  # Home, arrows down
        self.wait("document.body.dataset.opened")

    def size(self, width: int, height: int, is_dark: bool = False) -> None:
        """Set the size of what is seen, and whether it is dark."""
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if is_dark else "light"}
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})

    def console(self) -> list[str]:
        """What the page complained of."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def requests(self) -> list[str]:
        """What was asked for since the page was opened."""
        events = [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]
        sent = [event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"]
        return [address for address in sent if not address.startswith(("data:", "blob:"))]

    def seen_so_far(self) -> None:
        """Forget what was logged until now."""
        self.driver.get_log("browser")
        self.driver.get_log("performance")


@contextmanager
def browsing(downloads: Path) -> Iterator[Browser]:
    """Open a browser whose downloads go to a folder, and close it whatever happens."""
    with TemporaryDirectory(prefix="chromium-", ignore_cleanup_errors=True) as profile:
        options = webdriver.ChromeOptions()
        options.binary_location = str(CHROMIUM)
        for flag in (*FLAGS, f"--user-data-dir={profile}", "--window-size=1440,900"):
            options.add_argument(flag)
        options.add_experimental_option("prefs", {"download.default_directory": str(downloads)})
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        driver = webdriver.Chrome(options=options, service=Service(str(DRIVER)))
        try:
            driver.set_page_load_timeout(60)
            yield Browser(driver)
        finally:
            driver.quit()
