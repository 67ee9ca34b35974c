"""A visitor without a browser, who speaks Streamlit's protocol over its websocket: many of them fit one machine."""

import asyncio
import json
import time

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

PATIENCE = 300
FINISHED = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)


class Visitor:
    """A visit to a page, by default question 1: opens it, changes a number, waits until the page has run to its end.

    Attributes
    ----------
    messages : int
        What the server has sent so far.
    timers : dict of task by fragment
        What the page wants run again and again, as a browser does it.
    progress : list of str
        The texts of its progress bars, the latest last.
    """

    def __init__(self, port: int, page: str = "q1", query: str = "", *, cookie: str = "") -> None:
        self.port, self.name, self.query, self.cookie = port, page, query, cookie
        self.timers: dict[str, asyncio.Task[None]] = {}
        self.progress: list[str] = []
        self.widgets: dict[str, tuple[str, str]] = {}  # the id of each by its key, and the fragment it runs again
        self.messages, self.page, self.count = 0, "", 0
        self.finished: asyncio.Queue[bool] = asyncio.Queue()

    async def __aenter__(self) -> "Visitor":
        address = f"ws://127.0.0.1:{self.port}/_stcore/stream"
        self.socket = await websockets.connect(
            address, subprotocols=["streamlit"], max_size=None, open_timeout=60, close_timeout=1, ping_interval=None,
            compression=None, additional_headers={"Cookie": self.cookie} if self.cookie else {},
        )  # fmt: skip
        self.reader = asyncio.create_task(self.read())
        return self

    async def __aexit__(self, *problem: object) -> None:
        self.stop_timers()
        self.reader.cancel()
        await self.socket.close()

    async def read(self) -> None:
        """Take in what the server sends."""
        try:
            async for data in self.socket:
                self.messages += 1
                self.take(ForwardMsg.FromString(data))
        finally:
            self.finished.put_nowait(False)

    def take(self, message: ForwardMsg) -> None:
        """Note a widget's id, the page's name, and the end of a run."""
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self.page = self.page or message.new_session.page_script_hash
            if not message.metadata.run.fragment_ids:
                self.stop_timers()
        elif kind == "navigation":
            self.page = message.navigation.page_script_hash or self.page
        elif kind == "script_finished" and message.script_finished in FINISHED:
            self.finished.put_nowait(True)
        elif kind == "auto_rerun":
            fragment = message.auto_rerun.fragment_id
            self.stop_timer(fragment)
            self.timers[fragment] = asyncio.create_task(self.tick(fragment, message.auto_rerun.interval))
        elif kind == "stop_auto_rerun":
            self.stop_timer(message.stop_auto_rerun.fragment_id)
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            element = message.delta.new_element
            if element.WhichOneof("type") == "progress":
                self.progress.append(element.progress.text)
            ident = getattr(getattr(element, element.WhichOneof("type")), "id", "")
            if ident:
                self.widgets[ident.split("-", 2)[-1]] = ident, message.delta.fragment_id

    async def run(self, number: float | None = None) -> float:
        """Let the page run, or with a number typed into the first weight its part; return the seconds until the end.

        Raises
        ------
        ConnectionError
            If the server has closed the connection.
        """
        request = self.request()
        if number is not None:
            ident, request.rerun_script.fragment_id = self.widgets["q1 cells"]
            request.rerun_script.widget_states.widgets.append(self.typed(ident, number))
        return await self.answered(request)

    async def click(self, key: str) -> float:
        """Press a button; return the seconds until the page has run."""
        request = self.request()
        request.rerun_script.widget_states.widgets.append(WidgetState(id=self.widgets[key][0], trigger_value=True))
        return await self.answered(request)

    def request(self, fragment: str = "") -> BackMsg:
        """Return the wish for a run of the page, or of a part of it."""
        request = BackMsg()
        request.rerun_script.page_script_hash, request.rerun_script.fragment_id = self.page, fragment
        request.rerun_script.query_string = self.query
        if not self.page:
            request.rerun_script.page_name = self.name
        return request

    async def tick(self, fragment: str, interval: float) -> None:
        """Ask for a part of the page again and again, as a browser's timer does."""
        while True:
            await asyncio.sleep(interval)
            request = self.request(fragment)
            request.rerun_script.is_auto_rerun = True
            await self.socket.send(request.SerializeToString())

    def stop_timer(self, fragment: str) -> None:
        """Ask for a part of the page no more."""
        if task := self.timers.pop(fragment, None):
            task.cancel()

    def stop_timers(self) -> None:
        """Ask for no part of the page any more."""
        for fragment in list(self.timers):
            self.stop_timer(fragment)

    async def answered(self, request: BackMsg) -> float:
        """Send a wish; return the seconds until the page has run."""
        while not self.finished.empty():
            self.finished.get_nowait()
        begin = time.perf_counter()
        await self.socket.send(request.SerializeToString())
        if not await asyncio.wait_for(self.finished.get(), PATIENCE):
            raise ConnectionError("The server has closed the connection.")
        return time.perf_counter() - begin

    def typed(self, ident: str, number: float) -> WidgetState:
        """Return the sheet's state with a number in its first weight, as the browser sends it."""
        self.count += 1
        entries = {"version": 0, "count": self.count, "cells": {"layer 1:0:0": repr(number)}}
        return WidgetState(id=ident, json_value=json.dumps({"entries": entries}))
