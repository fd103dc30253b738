#include "tests/ui/driver.h"

#include <doctest/doctest.h>

#include "imgui.h"
#include "imgui_internal.h"

namespace outpost::testing {
namespace {

// Every letter is half as wide as it is high and has no picture.
const ImFontLoader* box_loader() {
    static ImFontLoader loader;
    loader.Name = "boxes";
    loader.FontSrcContainsGlyph = [](ImFontAtlas*, ImFontConfig*, ImWchar) { return true; };
    loader.FontBakedInit = [](ImFontAtlas*, ImFontConfig*, ImFontBaked* baked, void*) {
        baked->Ascent = baked->Size * 0.8f;
        baked->Descent = -baked->Size * 0.2f;
        return true;
    };
    loader.FontBakedLoadGlyph = [](ImFontAtlas*, ImFontConfig*, ImFontBaked* baked, void*, ImWchar code, ImFontGlyph* glyph, float* advance) {
        const float width = baked->Size * (code >= 0x2E80 ? 0.8f : 0.44f);
        if (advance) *advance = width;
        if (glyph) { glyph->Codepoint = code; glyph->AdvanceX = width; }
        return true;
    };
    return &loader;
}

ImGuiKey key_of(std::string_view name) {
    static constexpr struct { std::string_view name; ImGuiKey key; } known[] = {
        {"Enter", ImGuiKey_Enter}, {"Escape", ImGuiKey_Escape}, {"Space", ImGuiKey_Space}, {"ArrowLeft", ImGuiKey_LeftArrow},
        {"ArrowRight", ImGuiKey_RightArrow}, {"ArrowUp", ImGuiKey_UpArrow}, {"ArrowDown", ImGuiKey_DownArrow}, {"Home", ImGuiKey_Home},
        {"End", ImGuiKey_End}, {"PageUp", ImGuiKey_PageUp}, {"PageDown", ImGuiKey_PageDown}, {"Delete", ImGuiKey_Delete},
        {"Backspace", ImGuiKey_Backspace},
    };
    for (const auto& each : known)
        if (each.name == name) return each.key;
    return ImGuiKey_None;
}

}  // namespace

UiDriver::UiDriver(float width, float height, float pixel_ratio, bool touch)
    : app({&data.workspace, &browser, &locale, &data.clock, &data.storage, nullptr}) {
    imgui_ = ImGui::CreateContext();
    ImGui::SetCurrentContext(imgui_);
    ImGuiIO& io = ImGui::GetIO();
    io.BackendFlags |= ImGuiBackendFlags_RendererHasTextures;
    io.IniFilename = nullptr;
    io.DisplaySize = {width * pixel_ratio, height * pixel_ratio};
    ImFontConfig config;
    config.FontLoader = box_loader();
    ImFont* font = io.Fonts->AddFont(&config);
    view_ = {.width = width * pixel_ratio, .height = height * pixel_ratio, .pixel_ratio = pixel_ratio, .safe_area = {}, .keyboard_height = 0,
             .coarse_pointer = touch, .forced_colors = false, .system_colors = {}, .fonts = {font, font, font, 0.8f}};
    app.set_phase(AppPhase::Open);
    settle();
}

UiDriver::~UiDriver() {
    for (ImTextureData* texture : ImGui::GetPlatformIO().Textures) texture->SetStatus(ImTextureStatus_Destroyed);
    ImGui::DestroyContext(imgui_);
}

void UiDriver::zoom(float pixel_ratio) {
    const float share = pixel_ratio / view_.pixel_ratio;
    view_.width *= share;
    view_.height *= share;
    view_.pixel_ratio = pixel_ratio;
    ImGui::GetIO().DisplaySize = {view_.width, view_.height};
    frame();
    settle();
}

void UiDriver::keyboard(float height) {
    view_.keyboard_height = height * view_.pixel_ratio;
    frame();
    settle();
}

void UiDriver::frame(std::vector<PageEvent> events) {
    ImGui::SetCurrentContext(imgui_);
    ImGui::GetIO().DeltaTime = 1.0f / 60;
    ImGui::NewFrame();
    app.draw(view_, std::move(events), {});
    said.append_range(app.semantics().announcements);
    ImGui::Render();
    for (ImTextureData* texture : *ImGui::GetDrawData()->Textures) {
        if (texture->Status == ImTextureStatus_WantCreate || texture->Status == ImTextureStatus_WantUpdates) {
            texture->SetTexID(1);
            texture->SetStatus(ImTextureStatus_OK);
        } else if (texture->Status == ImTextureStatus_WantDestroy) {
            texture->SetTexID(ImTextureID_Invalid);
            texture->SetStatus(ImTextureStatus_Destroyed);
        }
    }
    // What the mirror does: a field that asks for the keyboard gets it.
    for (const SemanticsNode& node : app.semantics().nodes)
        if ((node.states & semantics_state::wants_focus) && node.input != InputKind::None && node.id != field_) {
            field_ = node.id;
            field_text_ = node.value;
        }
    app.drain();
    data.workspace.tick();
    if (std::exchange(browser.entry_moved, false)) frame({{PageEventKind::Navigate, 0, browser.history[browser.entry]}});
}

void UiDriver::settle() {
    for (int i = 0; i < 12; ++i) {
        frame();
        if (i > 2 && !app.animating() && ImGui::GetCurrentContext()->InputEventsQueue.Size == 0) break;
    }
}

void UiDriver::go(std::string_view route) {
    browser.history.resize(++browser.entry);
    browser.history.emplace_back(route);
    frame({{PageEventKind::Navigate, 0, std::string(route)}});
    settle();
}

void UiDriver::back() {
    browser.go_back();
    frame();
    settle();
}

void UiDriver::forward() {
    REQUIRE(browser.entry + 1 < browser.history.size());
    ++browser.entry;
    browser.entry_moved = true;
    frame();
    settle();
}

const SemanticsNode* UiDriver::find(Role role, std::string_view name) const {
    for (const SemanticsNode& node : nodes())
        if (node.role == role && node.name == name) return &node;
    return nullptr;
}

std::set<std::uint32_t> UiDriver::colors_in(const SemanticsNode& node) const {
    std::set<std::uint32_t> colors;
    for (const ImDrawList* list : ImGui::GetDrawData()->CmdLists)
        for (const ImDrawVert& corner : list->VtxBuffer) {
            const float x = corner.pos.x - node.box.x, y = corner.pos.y - node.box.y;
            if (x >= 0 && y >= 0 && x <= node.box.width && y <= node.box.height) colors.insert(corner.col);
        }
    return colors;
}

std::vector<const SemanticsNode*> UiDriver::find_all(Role role) const {
    std::vector<const SemanticsNode*> found;
    for (const SemanticsNode& node : nodes())
        if (node.role == role) found.push_back(&node);
    return found;
}

bool UiDriver::shows(std::string_view text) const {
    for (const SemanticsNode& node : nodes())
        for (const std::string* said : {&node.name, &node.value, &node.description})
            if (said->find(text) != std::string::npos) return true;
    return false;
}

void UiDriver::pointer(float x, float y) {
    ImGui::GetIO().AddMousePosEvent(x, y);
    frame();
}

void UiDriver::click(const SemanticsNode* node) {
    REQUIRE(node != nullptr);
    if (!node) return;   // without exceptions a failed requirement doesn't leave the test
    const SemanticsNode target = *node;
    pointer(target.box.x + target.box.width / 2, target.box.y + target.box.height / 2);
    std::vector<PageEvent> events;
    if (field_ && field_ != target.id) {   // with the press, not before it
        events.push_back({PageEventKind::Blur, field_, field_text_});
        field_ = 0;
    }
    if (target.input != InputKind::None) {
        field_ = target.id;
        field_text_ = target.value;
        events.push_back({PageEventKind::Focus, target.id, {}});
        frame(std::exchange(events, {}));
    }
    ImGui::GetIO().AddMouseButtonEvent(0, true);
    frame(std::move(events));
    ImGui::GetIO().AddMouseButtonEvent(0, false);
    frame();
    settle();
}

void UiDriver::click(Role role, std::string_view name) {
    INFO("click ", name);
    click(find(role, name));
}

void UiDriver::double_click(const SemanticsNode* node) {
    REQUIRE(node != nullptr);
    const SemanticsNode target = *node;
    pointer(target.box.x + target.box.width / 2, target.box.y + target.box.height / 2);
    for (int i = 0; i < 2; ++i) {
        ImGui::GetIO().AddMouseButtonEvent(0, true);
        frame();
        ImGui::GetIO().AddMouseButtonEvent(0, false);
        frame();
    }
    settle();
}

void UiDriver::activate(Role role, std::string_view name) {
    const SemanticsNode* node = find(role, name);
    INFO("activate ", name);
    REQUIRE(node != nullptr);
    frame({{PageEventKind::Activate, node->id, {}}});
    settle();
}

void UiDriver::focus(Role role, std::string_view name) {
    const SemanticsNode* node = find(role, name);
    INFO("focus ", name);
    REQUIRE(node != nullptr);
    field_ = node->input != InputKind::None ? node->id : 0;
    field_text_ = node->value;
    frame({{PageEventKind::Focus, node->id, {}}});
    settle();
}

void UiDriver::type(Role role, std::string_view name, std::string_view text) {
    focus(role, name);
    REQUIRE(field_ != 0);
    field_text_ = text;
    frame({{PageEventKind::TextEdited, field_, std::string(text)}});
    settle();
}

void UiDriver::commit() {
    frame({{PageEventKind::TextCommit, field_, field_text_}});
    settle();
}

void UiDriver::cancel() {
    frame({{PageEventKind::TextCancel, field_, field_text_}});
    settle();
}

void UiDriver::press(std::string_view chord) {
    const bool modified = chord.find('+') != std::string_view::npos && chord.size() > 1;
    const SemanticsNode* at = focused();
    if (at && at->id != field_) field_ = 0;   // the DOM's focus followed the app's
    if (modified) {
        frame({{PageEventKind::Key, at ? at->id : 0, std::string(chord)}});
    } else if (field_ != 0) {
        frame({{PageEventKind::Key, field_, std::string(chord)}});
    } else if (chord == "Space" && at && at->role == Role::Cell) {
        frame({{PageEventKind::Key, at->id, "Space"}});
    } else if ((chord == "Enter" || chord == "Space") && at) {
        frame({{PageEventKind::Activate, at->id, {}}});   // the browser presses the focused element
    } else if (const ImGuiKey key = key_of(chord); key != ImGuiKey_None) {
        ImGui::GetIO().AddKeyEvent(key, true);
        frame();
        ImGui::GetIO().AddKeyEvent(key, false);
        frame();
    } else {
        ImGui::GetIO().AddInputCharactersUTF8(std::string(chord).c_str());
        frame();
    }
    settle();
}

void UiDriver::tab() {
    const std::vector<SemanticsNode>& all = nodes();
    const SemanticsNode* at = focused();
    const SemanticsNode *next = nullptr, *first = nullptr;
    bool passed = at == nullptr;
    for (const SemanticsNode& node : all) {
        const bool stop = (node.states & semantics_state::focusable) && !(node.states & semantics_state::disabled);
        if (stop && !first) first = &node;
        if (stop && passed && !next) next = &node;
        if (at && node.id == at->id) passed = true;
    }
    if (!next) next = first;
    REQUIRE(next != nullptr);
    field_ = next->input != InputKind::None ? next->id : 0;
    field_text_ = next->value;
    frame({{PageEventKind::Focus, next->id, {}}});
    settle();
}

const SemanticsNode* UiDriver::focused() const {
    for (const SemanticsNode& node : nodes())
        if (node.states & semantics_state::focused) return &node;
    return nullptr;
}

std::string UiDriver::unnamed() const {
    std::string out;
    for (const SemanticsNode& node : nodes()) {
        const bool acts = (node.states & semantics_state::focusable) || node.input != InputKind::None;
        if (acts && node.name.empty()) out += "role " + std::to_string(static_cast<int>(node.role)) + " at " + std::to_string(node.box.x) + "," + std::to_string(node.box.y) + "; ";
    }
    return out;
}

}  // namespace outpost::testing
