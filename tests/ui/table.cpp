// The table: virtualised, sortable, selectable, edited in place, moved through by keys.
#include <doctest/doctest.h>

#include "tests/ui/driver.h"
#include "ui/kit/kit.h"

namespace outpost {
namespace {

using testing::UiDriver;
namespace state = semantics_state;

class TableStage : public Dialog {
public:
    std::uint64_t rows = 100'000, drawn = 0;
    kit::TableState table;
    kit::TableAnswer last;
    std::vector<std::string> values = std::vector<std::string>(100'000);
    std::vector<kit::TableColumn> columns{{"name", "Name", 200}, {"amount", "Amount", 120, 64, Align::End}, {"note", "Note", 160, 64, Align::Start, true, true, true}};
    std::int64_t opened = -1;
    bool row_menu = false;

    std::string title(Context&) override { return "Stage"; }
    bool has_footer() const override { return false; }
    DialogKind kind() const override { return DialogKind::Drawer; }
    float width() const override { return 800; }
    void draw(Context& context) override {
        drawn = 0;
        last = kit::table(context, "rows", table, {.name = "Things", .columns = columns, .row_count = rows,
            .cell = [&](kit::Cell& cell) { draw_cell(context, cell); },
            .row_name = [](std::uint64_t row) { return "Thing " + std::to_string(row); },
            .selectable = true, .row_menu = row_menu, .height = 500});
        if (last.opened_row >= 0) opened = last.opened_row;
    }

private:
    void draw_cell(Context& context, kit::Cell& cell) {
        ++drawn;
        if (!cell.editing) {
            cell.text(cell.column == 2 ? values[cell.row] : "cell " + std::to_string(cell.row) + "." + std::to_string(cell.column));
            return;
        }
        const bool fresh = fresh_ != static_cast<std::int64_t>(cell.row);
        fresh_ = static_cast<std::int64_t>(cell.row);
        const kit::Edited edited = kit::text_field(context, "edit", "Note", draft_, {.hide_label = true, .focus = fresh, .plain = true, .at = cell.rect});
        if (edited.committed) values[cell.row] = draft_;
        if (edited.committed || edited.cancelled) { table.stop_editing(); fresh_ = -1; }
    }
    std::string draft_;
    std::int64_t fresh_ = -1;
};

struct Scene : UiDriver {
    TableStage* stage = nullptr;
    Scene() {
        auto dialog = std::make_unique<TableStage>();
        stage = dialog.get();
        app.context().open_dialog(std::move(dialog));
        frame();
        settle();
    }
};

TEST_CASE("ui table: of a hundred thousand rows only those in sight are drawn and told") {
    Scene scene;
    CHECK(scene.stage->drawn > 20);
    CHECK(scene.stage->drawn < 100);
    const SemanticsNode* grid = scene.find(Role::Grid, "Things");
    REQUIRE(grid != nullptr);
    CHECK(grid->row_count == 100'001);
    CHECK(scene.find(Role::Cell, "cell 0.0") != nullptr);
    CHECK(scene.unnamed() == "");
    scene.stage->table.reveal_row = 54'320;
    scene.settle();
    const SemanticsNode* far = scene.find(Role::Cell, "cell 54320.0");
    REQUIRE(far != nullptr);
    CHECK(far->row_index == 54'322);
    CHECK(scene.stage->drawn < 100);
}

TEST_CASE("ui table: a row's menu button stands whole beside the scrollbar") {
    Scene scene;
    scene.stage->row_menu = true;
    scene.settle();
    scene.click(Role::Cell, "cell 3.0");
    const SemanticsNode* button = scene.find(Role::Button, "More for Thing 3");
    const SemanticsNode* grid = scene.find(Role::Grid, "Things");
    REQUIRE(button != nullptr);
    REQUIRE(grid != nullptr);
    CHECK(button->box.width >= 28);
    CHECK(button->box.x + button->box.width <= grid->box.x + grid->box.width - 12);
}

TEST_CASE("ui table: a header sorts, and says so") {
    Scene scene;
    scene.click(Role::Button, "Amount");
    CHECK(scene.stage->table.sort_column == 1);
    CHECK_FALSE(scene.stage->table.sort_descending);
    scene.click(Role::Button, "Amount");
    CHECK(scene.stage->table.sort_descending);
    const SemanticsNode* header = scene.find(Role::ColumnHeader, "Amount");
    REQUIRE(header != nullptr);
    CHECK((header->states & state::sorted_descending) != 0);
}

TEST_CASE("ui table: rows are ticked one by one and all at once") {
    Scene scene;
    scene.click(Role::Checkbox, "Select Thing 1");
    scene.click(Role::Checkbox, "Select Thing 3");
    CHECK(scene.stage->table.selection.count(100'000) == 2);
    scene.click(Role::Checkbox, "Select all");
    CHECK(scene.stage->table.selection.count(100'000) == 100'000);
    scene.click(Role::Checkbox, "Select Thing 2");
    CHECK(scene.stage->table.selection.count(100'000) == 99'999);
    CHECK_FALSE(scene.stage->table.selection.contains(2));
}

TEST_CASE("ui table: arrow keys move the active cell and scroll along; Enter opens the row") {
    Scene scene;
    scene.click(Role::Cell, "cell 2.0");
    CHECK(scene.stage->opened == 2);
    for (int i = 0; i < 30; ++i) scene.press("ArrowDown");
    CHECK(scene.stage->table.active_row == 32);
    CHECK(scene.stage->table.scroll_y > 0);
    REQUIRE(scene.focused() != nullptr);
    CHECK(scene.focused()->name == "cell 32.0");
    scene.press("ArrowRight");
    CHECK(scene.focused()->name == "cell 32.1");
    scene.press("End");
    CHECK(scene.stage->table.active_column == 2);
    scene.press("Home");
    scene.press("Enter");
    CHECK(scene.stage->opened == 32);
}

TEST_CASE("ui table: scrolled sideways, the first column stays, keys bring a column into sight, and what lies below isn't pressed") {
    Scene scene;
    scene.stage->columns[1].width = 500;
    scene.stage->columns[2].width = 300;
    scene.settle();
    const auto left_of = [&](const std::string& name) {
        const SemanticsNode* cell = scene.find(Role::Cell, name);
        return cell ? cell->box.x : -1;
    };
    const float name_at = left_of("cell 2.0"), amount_at = left_of("cell 2.1");
    scene.click(Role::Cell, "cell 2.0");
    scene.press("End");
    scene.settle();
    CHECK(scene.stage->table.scroll_x > 100);
    CHECK(left_of("cell 2.0") == name_at);
    const SemanticsNode* last = scene.focused();
    REQUIRE(last != nullptr);
    CHECK(last->column_index == 4);
    CHECK(last->box.x + last->box.width <= last->clip.x + last->clip.width + 1);
    // The amount's cell lies below the name by now: its header is pressed only where it shows.
    CHECK(left_of("cell 2.1") < amount_at);
    const SemanticsNode* name_header = scene.find(Role::Button, "Name");
    REQUIRE(name_header != nullptr);
    scene.click(name_header);
    CHECK(scene.stage->table.sort_column == 0);
    CHECK(scene.find(Role::Cell, "cell 2.1")->clip.x >= name_at + 200 - 1);
    scene.press("ArrowDown");
    scene.press("Home");
    scene.press("ArrowRight");
    scene.settle();
    CHECK(left_of("cell 2.1") >= name_at + 200 - 1);
}

TEST_CASE("ui table: a cell is edited in place") {
    Scene scene;
    const SemanticsNode* cell = scene.find(Role::Cell, "cell 1.1");
    REQUIRE(cell != nullptr);
    SemanticsNode beside = *cell;
    beside.box.x += beside.box.width;
    scene.double_click(&beside);
    CHECK(scene.stage->table.editing_row == 1);
    scene.type(Role::TextField, "Note", "call back");
    scene.commit();
    CHECK(scene.stage->values[1] == "call back");
    CHECK(scene.stage->table.editing_row == -1);
    CHECK(scene.find(Role::Cell, "call back") != nullptr);
}

}  // namespace
}  // namespace outpost
