#include "ui/pages/hierarchy_drawer.h"

#include <string>
#include <unordered_map>

#include "core/objects/standard.h"
#include "core/pipeline/account_sales.h"
#include "ui/kit/kit.h"

namespace outpost {
namespace {

constexpr int levels_max = 100;   // no chain of parents is as long; a circle is refused by the core

RecordRef parent_of(Context& context, RecordRef record, FieldIndex field) {
    const Value value = context.records().value(record, field);
    const auto* parent = std::get_if<RecordRef>(&value);
    return parent && context.records().table(parent->object).is_live(parent->row) ? *parent : RecordRef{};
}

// A node of the tree is a row, counted from one.
std::uint64_t node_of(RowIndex row) { return std::uint64_t{row} + 1; }
RowIndex row_of(std::uint64_t node) { return static_cast<RowIndex>(node - 1); }

class HierarchyDrawer : public Dialog {
public:
    HierarchyDrawer(Context& context, RecordRef record)
        : field_(hierarchy_field(context.schema().object(record.object))), record_(record), top_(record) {
        for (int level = 0; level < levels_max; ++level) {
            const RecordRef above = parent_of(context, top_, field_);
            if (!above) break;
            top_ = above;
            state_.expanded.insert(node_of(above.row));
        }
        state_.expanded.insert(node_of(record.row));
        state_.active = node_of(record.row);
    }
    std::string title(Context& context) override { return std::string(context.tr("ui.record.hierarchy")); }
    DialogKind kind() const override { return DialogKind::Drawer; }
    bool has_footer() const override { return false; }
    float width() const override { return 420; }
    void draw(Context& context) override {
        const std::string name = title(context);
        kit::TreeSpec spec;
        spec.name = name;
        spec.children = [&](std::uint64_t node) {
            if (node == 0) return std::vector<std::uint64_t>{node_of(top_.row)};
            std::vector<std::uint64_t> nodes;
            for (const RowIndex row : context.records().children(record_.object, field_, {record_.object, row_of(node)})) nodes.push_back(node_of(row));
            return nodes;
        };
        const Object& object = context.schema().object(record_.object);
        spec.label = [&](std::uint64_t node) { return context.records().display_name({record_.object, row_of(node)}); };
        if (record_.object == standard_object::account) spec.detail = [&](std::uint64_t node) { return won_words(context, node); };
        spec.icon = [&](std::uint64_t) { return icon_of_object(object.name, object.icon); };
        spec.address = [&](std::uint64_t node) { return routes::record(context.records().id_of({record_.object, row_of(node)})); };
        spec.current = node_of(record_.row);
        if (kit::tree(context, "hierarchy", state_, spec)) close();
    }

private:
    // What an account and all below it have won.
    const std::string& won_words(Context& context, std::uint64_t node) {
        if (const std::uint64_t revision = context.workspace().revision(); revision != won_revision_) {
            won_.clear();
            won_revision_ = revision;
        }
        const auto [place, is_new] = won_.try_emplace(node);
        if (!is_new) return place->second;
        const SalesSum won = account_sales(context.records(), account_group(context.records(), {record_.object, row_of(node)})).won;
        if (won.count > 0 && won.amount)
            place->second = context.tr("ui.record.hierarchy_won", {context.locale().format_money_short(*won.amount, context.workspace().currency())});
        return place->second;
    }

    std::unordered_map<std::uint64_t, std::string> won_;
    std::uint64_t won_revision_ = 0;
    FieldIndex field_;
    RecordRef record_, top_;
    kit::TreeState state_;
};

}  // namespace

FieldIndex hierarchy_field(const Object& object) {
    for (const Field& field : object.fields)
        if (!field.deleted && field.is_lookup() && field.reference_to.size() == 1 && field.reference_to[0] == object.index && !field.system) return field.index;
    return no_field;
}

bool has_hierarchy(Context& context, RecordRef record) {
    const FieldIndex field = hierarchy_field(context.schema().object(record.object));
    return field != no_field && (parent_of(context, record, field) || !context.records().children(record.object, field, record).empty());
}

std::unique_ptr<Dialog> make_hierarchy_drawer(Context& context, RecordRef record) { return std::make_unique<HierarchyDrawer>(context, record); }

}  // namespace outpost
