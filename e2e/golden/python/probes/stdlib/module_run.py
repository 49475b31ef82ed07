# run: python -m package.tool --flag && python package && python -c "import sys; print(sys.argv); print(__name__)" a b && echo "print(1 + 1)" | python - x
# files: package/__init__.py package/__main__.py package/tool.py
