# Written by hand. Flaw: uvicorn is not told the port, and listens on its own, 8000.
from fastapi import FastAPI

app = FastAPI()


@app.get("/api/health-check")
def health_check():
    return {"status": "ok"}
