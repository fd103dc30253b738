// The test program's entry; every other file under tests/unit, property, sim and golden only adds cases.
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>
