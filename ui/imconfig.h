// Dear ImGui's build configuration, read by imgui.h through IMGUI_USER_CONFIG in every unit that sees it.
// Invariant: the same for the library, ui, web and tests; a difference would be two layouts of one type.
#pragma once

#define IMGUI_USE_WCHAR32                 // any code point, emoji included
#define ImDrawIdx unsigned int            // WebGL2 has no base vertex
#define IMGUI_DISABLE_OBSOLETE_FUNCTIONS
#define IMGUI_DISABLE_DEMO_WINDOWS
#define IMGUI_DISABLE_DEFAULT_FONT        // glyphs come from the browser
#define IMGUI_DISABLE_FILE_FUNCTIONS
#define IMGUI_DISABLE_WIN32_FUNCTIONS
#define IMGUI_DISABLE_DEBUG_TOOLS
#ifdef __EMSCRIPTEN__
#define IMGUI_ENABLE_FREETYPE             // ImGui asks ImGuiFreeType::GetFontLoader, which web/fonts.cpp answers: no stb_truetype to download
#endif
#ifdef OUTPOST_SHORT_ASSERTIONS           // the page: a broken invariant still ends it, without the words that say which
#define IM_ASSERT(condition) do { if (!(condition)) __builtin_trap(); } while (false)
#endif
