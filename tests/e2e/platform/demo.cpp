// A small page over the browser platform alone, for platform.test.mjs: one of each kind of widget, a list, texts of
// several scripts, and a scripting handler that stores the commands themselves as journal entries.
#include <imgui.h>
#include <imgui_internal.h>

#include <cstring>
#include <string>
#include <vector>

#include "web/platform.h"
#include "web/scripting_bridge.h"

void ImGuiTestEngineHook_ItemAdd(ImGuiContext*, ImGuiID, const ImRect&, const ImGuiLastItemData*) {}
void ImGuiTestEngineHook_ItemInfo(ImGuiContext*, ImGuiID, const char*, ImGuiItemStatusFlags) {}
void ImGuiTestEngineHook_Log(ImGuiContext*, const char*, ...) {}
const char* ImGuiTestEngine_FindItemDebugLabel(ImGuiContext*, ImGuiID) { return nullptr; }

namespace outpost {
namespace {

namespace state = semantics_state;

class Demo final : public ScriptingHandler {
public:
    void start();
    FrameResult frame();

    ScriptAnswer execute(std::string_view command) override;
    ScriptRows query(std::string_view text) override;
    std::string describe(std::string_view) override { return "[]"; }
    void import_file(std::string_view name, std::shared_ptr<ByteSource> bytes, std::string_view,
                     std::function<void(ScriptAnswer)> done) override;
    void export_data(std::string_view, std::function<void(std::string, std::string)> done) override {
        done("{\"ok\":true}", "a,b\r\n");
    }
    void backup(std::function<void(std::string, std::string)> done) override { done("{\"ok\":true}", "backup"); }
    void restore(std::shared_ptr<ByteSource>, std::function<void(ScriptAnswer)> done) override { done({"{}", 0}); }
    ScriptAnswer give_up() override { return {"{\"ok\":false}", 0}; }
    void call(std::string_view name, std::string_view json, std::function<void(ScriptAnswer)> done) override;

private:
    SemanticsNode& add(std::uint32_t id, Role role, std::string name, std::uint32_t parent = 0, std::uint32_t states = 0);
    bool activated(std::uint32_t id) const;
    void draw_form();
    void draw_list();
    void load();

    WebPlatform platform_;
    SemanticsFrame semantics_;
    std::vector<PageEvent> events_;
    std::string name_ = "Ada", focus_log_;
    bool checked_ = false, name_focused_ = false;
    int presses_ = 0, frames_ = 0;
    float dragged_ = 0;
    std::string said_;
    std::vector<std::string> entries_;
    Sequence sequence_ = 0;
};

SemanticsNode& Demo::add(std::uint32_t id, Role role, std::string name, std::uint32_t parent, std::uint32_t states) {
    const ImVec2 low = ImGui::GetItemRectMin(), size = ImGui::GetItemRectSize();
    const ImRect clip = ImGui::GetCurrentWindow()->InnerClipRect;
    SemanticsNode node;
    node.id = id;
    node.parent = parent ? parent : 90;
    node.role = role;
    node.name = std::move(name);
    node.states = states;
    node.box = {low.x, low.y, size.x, size.y};
    node.clip = {clip.Min.x, clip.Min.y, clip.GetWidth(), clip.GetHeight()};
    semantics_.nodes.push_back(std::move(node));
    return semantics_.nodes.back();
}

bool Demo::activated(std::uint32_t id) const {
    for (const PageEvent& event : events_)
        if (event.kind == PageEventKind::Activate && event.id == id) return true;
    return false;
}

void Demo::draw_form() {
    ImGui::PushFont(platform_.fonts().bold, 30);
    ImGui::TextUnformatted("Platform demo");
    add(1, Role::Heading, "Platform demo").level = 1;
    ImGui::PopFont();
    if (ImGui::Button("Press") || activated(2)) ++presses_;
    add(2, Role::Button, "Press", 0, state::focusable);
    const std::string pressed = "Pressed " + std::to_string(presses_) + " times";
    ImGui::TextUnformatted(pressed.c_str());
    add(3, Role::Text, pressed);
    if (activated(4)) checked_ = !checked_;
    ImGui::Checkbox("Agree", &checked_);
    add(4, Role::Checkbox, "Agree", 0, state::focusable | (checked_ ? state::checked : 0));

    for (const PageEvent& event : events_) {
        if (event.id != 5) continue;
        if (event.kind == PageEventKind::Focus) name_focused_ = true;
        if (event.kind == PageEventKind::Blur) name_focused_ = false;
        if (event.kind == PageEventKind::TextEdited) name_ = event.text;
        if (event.kind == PageEventKind::TextCommit) said_ = "Hello " + event.text;
        if (event.kind == PageEventKind::TextCancel) name_ = "Ada";
    }
    ImGui::InvisibleButton("##name", ImVec2(300, 36));
    const ImVec2 low = ImGui::GetItemRectMin(), high = ImGui::GetItemRectMax();
    ImDrawList* list = ImGui::GetWindowDrawList();
    list->AddRect(low, high, IM_COL32(128, 128, 128, 255), 6);
    if (!name_focused_)
        list->AddText(ImVec2(low.x + ImGui::GetStyle().FramePadding.x, low.y + (36 - ImGui::GetFontSize()) / 2),
                      ImGui::GetColorU32(ImGuiCol_Text), platform_.text_shaper().shape(name_).data());
    SemanticsNode& field = add(5, Role::TextField, "Name", 0, state::focusable | state::required);
    field.input = InputKind::Text;
    field.value = name_;
    field.placeholder = "Who";
    field.font_px = ImGui::GetFontSize();
    field.text_color = ImGui::GetColorU32(ImGuiCol_Text);
    if (ImGui::Button("Suggest") || activated(6)) name_ = "Grace";
    add(6, Role::Button, "Suggest", 0, state::focusable);
    if (!said_.empty()) {
        ImGui::TextUnformatted(said_.c_str());
        add(7, Role::Status, said_, 0, state::live_polite);
    }
    ImGui::TextColored(ImVec4(0.2f, 0.4f, 0.9f, 1), "A link");
    add(8, Role::Link, "A link", 0, state::focusable).link = "#/somewhere";
    if (ImGui::IsItemClicked() || activated(8)) platform_.browser().push_route("#/somewhere");
    ImGui::Button("Drag me");
    if (ImGui::IsItemActive()) dragged_ = std::max(dragged_, ImGui::GetMouseDragDelta(0).x);
    add(9, Role::Button, "Drag me", 0, state::focusable | state::draggable);
    const std::string dragged = dragged_ > 50 ? "Dragged" : "Not dragged";
    ImGui::TextUnformatted(dragged.c_str());
    add(10, Role::Text, dragged);
    for (const char* text : {"中文文本 日本語 한국어", "Zoë Łukasz Ünal Ç", "مرحبا بالعالم", "नमस्ते दुनिया", "👩‍👩‍👧 🇩🇪 🎉 done"}) {
        ImGui::TextUnformatted(std::string(platform_.text_shaper().shape(text)).c_str());
        add(ImHashStr(text), Role::Text, text);
    }
}

void Demo::draw_list() {
    ImGui::BeginChild("rows", ImVec2(0, 0), ImGuiChildFlags_Borders);
    SemanticsNode grid;
    grid.id = 100;
    grid.parent = 90;
    grid.role = Role::Grid;
    grid.name = "Rows";
    grid.row_count = 500;
    grid.column_count = 2;
    const ImVec2 position = ImGui::GetWindowPos(), size = ImGui::GetWindowSize();
    grid.box = {position.x, position.y, size.x, size.y};
    semantics_.nodes.push_back(grid);
    ImGuiListClipper clipper;
    clipper.Begin(500);
    while (clipper.Step())
        for (int row = clipper.DisplayStart; row < clipper.DisplayEnd; ++row) {
            const std::string name = "Row " + std::to_string(row + 1);
            ImGui::Selectable(name.c_str());
            if (!ImGui::IsItemVisible()) continue;
            const auto id = static_cast<std::uint32_t>(1000 + row * 4);
            add(id, Role::Row, "", 100).row_index = row + 1;
            SemanticsNode& cell = add(id + 1, Role::Cell, name, id);
            cell.column_index = 1;
            cell.box.width /= 2;
            SemanticsNode& second = add(id + 2, Role::Cell, "value " + std::to_string(row * 7), id);
            second.column_index = 2;
            second.box.x += second.box.width / 2;
            second.box.width /= 2;
        }
    ImGui::EndChild();
}

FrameResult Demo::frame() {
    events_ = platform_.take_events();
    platform_.begin_frame();
    semantics_.clear();
    semantics_.page_title = "Platform demo";
    semantics_.language = "en";
    ++frames_;
    const ViewState& view = platform_.view();
    ImGuiStyle& style = ImGui::GetStyle();
    style.FontSizeBase = 20;
    style.FontScaleDpi = view.pixel_ratio;
    ImGui::SetNextWindowPos(ImVec2(0, 0));
    ImGui::SetNextWindowSize(ImGui::GetIO().DisplaySize);
    ImGui::Begin("page", nullptr, ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings);
    SemanticsNode main;
    main.id = 90;
    main.role = Role::Main;
    main.box = {0, 0, view.width, view.height};
    semantics_.nodes.push_back(main);
    ImGui::BeginChild("left", {ImGui::GetContentRegionAvail().x / 2, 0});
    draw_form();
    ImGui::EndChild();
    ImGui::SameLine();
    ImGui::BeginChild("right");
    draw_list();
    ImGui::EndChild();
    ImGui::End();
    platform_.end_frame(semantics_);
    platform_.storage().flush();
    return {};
}

void Demo::start() {
    if (!platform_.start()) return;
    ImGui::StyleColorsLight();
    platform_.set_scripting(this);
    platform_.on_store_ownership([this](StoreOwnership ownership) {
        if (ownership == StoreOwnership::Owned) load();
    });
    platform_.run([this] { return frame(); });
}

void Demo::load() {
    platform_.storage().load(LoadScope::Best, [this](Result<std::vector<StoredCopy>> copies) {
        std::string names;
        if (copies) {
            for (const StoredCopy& copy : *copies) names += copy.name + (copy.was_lost ? "(lost) " : " ");
            const StoredCopy& best = copies->front();
            if (best.snapshot) {
                std::string text(static_cast<std::size_t>(best.snapshot->size()), ' ');
                (void)best.snapshot->read(0, {reinterpret_cast<std::uint8_t*>(text.data()), text.size()});
                for (std::size_t at = 0, end; at < text.size(); at = end + 1) {
                    end = text.find('\n', at);
                    entries_.push_back(text.substr(at, end - at));
                }
            }
            for (const Bytes& entry : best.entries) entries_.emplace_back(entry.begin(), entry.end());
            for (const StoredCopy& copy : *copies)
                for (const Bytes& damage : copy.damaged) names += "damaged:" + std::to_string(damage.size()) + " ";
        }
        sequence_ = platform_.storage().durable_sequence();
        platform_.scripting_ready("{\"copies\":\"" + names + "\",\"records\":" + std::to_string(entries_.size()) +
                                  ",\"durable_seq\":" + std::to_string(sequence_) + "}");
    });
}

ScriptAnswer Demo::execute(std::string_view command) {
    ++sequence_;
    entries_.emplace_back(command);
    const ByteView part(reinterpret_cast<const std::uint8_t*>(command.data()), command.size());
    platform_.storage().append(sequence_, std::span<const ByteView>(&part, 1));
    platform_.storage().flush();
    return {"{\"ok\":true,\"seq\":" + std::to_string(sequence_) + "}", sequence_};
}

ScriptRows Demo::query(std::string_view) {
    return {"{\"totalMatched\":" + std::to_string(entries_.size()) + "}", {}};
}

void Demo::import_file(std::string_view name, std::shared_ptr<ByteSource> bytes, std::string_view,
                       std::function<void(ScriptAnswer)> done) {
    std::string text(static_cast<std::size_t>(bytes->size()), ' ');
    (void)bytes->read(0, {reinterpret_cast<std::uint8_t*>(text.data()), text.size()});
    execute(text);
    done({"{\"ok\":true,\"name\":\"" + std::string(name) + "\"}", sequence_});
}

void Demo::call(std::string_view name, std::string_view, std::function<void(ScriptAnswer)> done) {
    if (name == "snapshot") {
        Storage& storage = platform_.storage();
        storage.begin_snapshot(sequence_, EarlierEntries::BecomeHistory);
        for (const std::string& entry : entries_) {
            const std::string line = entry + "\n";
            storage.write_snapshot({reinterpret_cast<const std::uint8_t*>(line.data()), line.size()});
        }
        storage.commit_snapshot([done](Status status) { done({status ? "{\"ok\":true}" : "{\"ok\":false}", 0}); });
    } else if (name == "frames") {
        done({std::to_string(frames_), 0});
    } else if (name == "erase") {
        platform_.storage().erase_all([done](Status status) { done({status ? "{\"ok\":true}" : "{\"ok\":false}", 0}); });
    } else if (name == "state") {
        done({"{\"state\":" + std::to_string(static_cast<int>(platform_.storage().state())) + ",\"detail\":\"" +
                  platform_.storage().failure_detail() + "\"}", 0});
    } else if (name == "retry") {
        platform_.storage().retry();
        done({"{}", 0});
    } else {
        Locale& locale = platform_.locale();
        done({"[\"" + locale.format_number({123456789, 2}, 2) + "\",\"" + locale.format_money({123456789, 2}, "USD") +
                  "\",\"" + locale.format_money_short({123456789, 2}, "EUR") + "\",\"" + locale.format_date(20780) +
                  "\",\"" + locale.format_month(20780) + "\"]", 0});
    }
}

}  // namespace
}  // namespace outpost

int main() {
    static outpost::Demo demo;
    demo.start();
}
