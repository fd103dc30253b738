// The entry of the tests that drive Dear ImGui frames without a browser; other files only add cases.
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>
