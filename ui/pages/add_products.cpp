#include "ui/pages/add_products.h"

#include <algorithm>
#include <utility>

#include "core/base/sort_stably.h"
#include "core/base/text.h"
#include "core/edit/line_items.h"
#include "core/objects/object_words.h"
#include "core/objects/standard.h"
#include "ui/kit/kit.h"
#include "ui/pages/field_editor.h"
#include "ui/pages/field_view.h"
#include "ui/pages/product_lines.h"
#include "ui/pages/record_actions.h"
#include "ui/pages/record_form.h"

namespace outpost {

namespace {

namespace so = standard_object;
namespace line = line_item_field;

constexpr std::size_t shown_max = 30;

// A product that may be added, and what it is found by.
struct Offer {
    RowIndex row = no_row;
    std::string name;                  // folded, as is `text`
    std::string text;                  // name, code and family
    std::uint32_t sold = 0;            // lines that it is in already: what sells is found first
    ListPrice price;
};

struct Chosen {
    std::size_t offer = 0;
    FieldDraft quantity, price, discount;
};

class AddProductsDialog final : public Dialog {
public:
    AddProductsDialog(Context& context, RecordRef opportunity) : opportunity_(opportunity) { gather(context); }

    std::string title(Context& context) override { return std::string(context.tr("ui.products.add")); }
    float width() const override { return 680; }

    void draw(Context& context) override {
        if (context.records().table(so::product).revision() != revision_) gather(context);
        if (!error_.empty()) kit::banner(context, "error", error_, {.tone = Tone::Danger});
        if (offers_.empty()) return draw_none(context);
        const kit::Edited typed = kit::search_field(context, "search", context.tr("ui.products.search"), typed_, {.focus = std::exchange(begins_, false)});
        if (typed.changed) rank();
        // Enter takes the best match, so that several are taken by typing alone.
        if (typed.committed && typed.focused && !typed_.empty() && !found_.empty()) {
            if (!chosen_of(found_[0])) toggle(context, found_[0]);
            context.announce(context.tr("ui.products.taken", {record_title(context, {so::product, offers_[found_[0]].row})}));
            typed_.clear();
            rank();
        }
        kit::say_found(context, found_.size());
        draw_offers(context);
    }

    void draw_footer(Context& context) override {
        if (!chosen_.empty()) {
            kit::text(context, context.tr("ui.products.total"), {.style = TextStyle::Dense, .ink = kit::Ink::Secondary});
            kit::text(context, total_words(context), {.style = TextStyle::BodyStrong});
        }
        if (!context.is_phone() && kit::button(context, "cancel", context.tr("ui.form.cancel")) && can_close(context)) close();
        const std::string label = chosen_.empty() ? std::string(context.tr("ui.products.add")) : context.count_text("ui.products.submit", chosen_.size());
        if (kit::button(context, "add", label, {.kind = kit::ButtonKind::Primary, .disabled = chosen_.empty(), .busy = saving_, .shortcut = "Ctrl+Enter"})) submit(context);
    }

    bool holds_draft() const override { return !chosen_.empty() && !stored_; }
    bool can_close(Context& context) override {
        if (!holds_draft()) return true;
        context.confirm(std::string(context.tr("ui.form.discard_title")), std::string(context.tr("ui.form.discard_text")),
                        std::string(context.tr("ui.form.discard")), true, [this] { close(); }, std::string(context.tr("ui.form.keep_editing")));
        return false;
    }

private:
    // Active products with their prices; what was chosen stays chosen.
    void gather(Context& context) {
        const Records& records = context.records();
        const Table& products = records.table(so::product);
        std::vector<std::pair<RowIndex, Chosen>> kept;
        for (Chosen& one : chosen_) kept.emplace_back(offers_[one.offer].row, std::move(one));
        revision_ = products.revision();
        offers_.clear();
        chosen_.clear();
        std::vector<std::uint32_t> sold(products.row_count());
        const Table& lines = records.table(so::opportunity_line_item);
        for (RowIndex row = 0; row < lines.row_count(); ++row)
            if (const RowIndex of = lines.column(line::product).rows()[row]; of < sold.size() && lines.is_live(row)) ++sold[of];
        for (RowIndex row = 0; row < products.row_count(); ++row) {
            if (!products.is_live(row) || products.column(product_field::is_active).flags()[row] == 0) continue;
            Offer offer{row, fold_search(products.column(system_field::name).text(row)), {}, sold[row], find_list_price(records, opportunity_.row, row)};
            offer.text = offer.name + "\n" + fold_search(products.column(product_field::product_code).text(row)) + "\n" +
                         fold_search(products.column(product_field::family).text(row));
            for (auto& [of, one] : kept)
                if (of == row) {
                    one.offer = offers_.size();
                    chosen_.push_back(std::move(one));
                }
            offers_.push_back(std::move(offer));
        }
        rank();
    }

    // By name; of what is typed every word must be found, and a name that begins with it comes first, then what sells most.
    void rank() {
        const std::string typed = fold_search(trim(typed_));
        found_.clear();
        for (std::size_t at = 0; at < offers_.size(); ++at) {
            bool all = true;
            for (const std::string_view word : split(typed, ' ')) all = all && offers_[at].text.find(word) != std::string::npos;
            if (all) found_.push_back(at);
        }
        const auto tier = [&](const Offer& offer) {
            if (typed.empty() || offer.name.starts_with(typed)) return 0;
            if (offer.text.find("\n" + typed) != std::string::npos || offer.name.find(" " + typed) != std::string::npos) return 1;
            return offer.name.find(typed) != std::string::npos ? 2 : 3;
        };
        sort_stably(found_, [&](std::size_t a, std::size_t b) {
            const Offer &left = offers_[a], &right = offers_[b];
            if (tier(left) != tier(right)) return tier(left) < tier(right);
            return typed.empty() || left.sold == right.sold ? left.name < right.name : left.sold > right.sold;
        });
    }

    Chosen* chosen_of(std::size_t offer) {
        const auto found = std::ranges::find(chosen_, offer, &Chosen::offer);
        return found == chosen_.end() ? nullptr : &*found;
    }

    void toggle(Context& context, std::size_t at) {
        if (std::erase_if(chosen_, [&](const Chosen& one) { return one.offer == at; }) > 0) return;
        const Object& object = context.schema().object(so::opportunity_line_item);
        const std::int64_t units = offers_[at].price.units;
        const Value price = units == null_decimal ? Value() : Value(Decimal{units, object.field(line::list_price).scale});
        chosen_.push_back({at, make_draft(context, object.field(line::quantity), Decimal{1, 0}), make_draft(context, object.field(line::unit_price), price),
                           make_draft(context, object.field(line::discount), Value())});
    }

    void draw_none(Context& context) {
        if (kit::empty_state(context, context.tr("ui.products.none"), {.icon = Icon::Product, .text = context.tr("ui.products.none_text"),
                                                                        .action = context.tr("ui.list.new_named", {object_words(context.messages(), context.schema().object(so::product), false)}), .action_icon = Icon::Plus}) == 1)
            open_create_dialog(context, so::product, {}, std::make_shared<RecordRef>());
    }

    void draw_offers(Context& context) {
        if (found_.empty()) kit::help_text(context, context.tr("ui.products.none_match"));
        {
            kit::Group group(context, Role::Group, context.tr("ui.products.title"));
            kit::Column column(context, {.gap = space::x1});
            for (std::size_t i = 0; i < std::min(found_.size(), shown_max); ++i) draw_offer(context, found_[i]);
        }
        if (found_.size() > shown_max) kit::help_text(context, context.tr("ui.products.more", {context.number_text(found_.size() - shown_max)}));
        std::vector<std::size_t> others;
        for (const Chosen& one : chosen_) {
            const auto place = std::ranges::find(found_, one.offer) - found_.begin();
            if (static_cast<std::size_t>(place) >= std::min(found_.size(), shown_max)) others.push_back(one.offer);
        }
        if (others.empty()) return;
        kit::heading(context, 3, context.tr("ui.products.others"), {.style = TextStyle::BodyStrong});
        kit::Group group(context, Role::Group, context.tr("ui.products.others"));
        kit::Column column(context, {.gap = space::x1});
        for (const std::size_t at : others) draw_offer(context, at);
    }

    void draw_offer(Context& context, std::size_t at) {
        const Offer& offer = offers_[at];
        const RecordRef product{so::product, offer.row};
        const Object& products = context.schema().object(so::product);
        kit::IdScope scope(context, offer.row);
        std::string detail;
        for (const FieldIndex field : {product_field::product_code, product_field::family})
            if (const std::string words = field_words(context, product, products.field(field)); !words.empty()) detail += (detail.empty() ? "" : " · ") + words;
        Chosen* chosen = chosen_of(at);
        bool on = chosen != nullptr;
        {
            kit::Row row(context);
            if (kit::checkbox(context, "tick", record_title(context, product), on, {.description = detail})) toggle(context, at);
            row.spacer();
            const std::string price = price_words(context, offer);
            kit::text(context, price.empty() ? "—" : price, {.style = TextStyle::Dense, .ink = kit::Ink::Secondary});
        }
        if (chosen && on) draw_figures(context, *chosen);
    }

    void draw_figures(Context& context, Chosen& chosen) {
        const Object& object = context.schema().object(so::opportunity_line_item);
        kit::Column column(context, {.gap = space::x2, .padding = {28, 0, 0, space::x3}});
        kit::FormGrid grid(context, {.column_min = context.is_phone() ? 130.0f : 120.0f, .columns_max = 3, .gap = space::x3});
        for (FieldDraft* draft : {&chosen.quantity, &chosen.price, &chosen.discount}) draw_field_editor(context, object, object.field(draft->field), *draft);
    }

    std::string price_words(Context& context, const Offer& offer) const {
        if (offer.price.units == null_decimal) return {};
        return money_words(context, Decimal{offer.price.units, context.schema().object(so::opportunity_line_item).field(line::list_price).scale});
    }

    std::string total_words(Context& context) {
        Decimal sum{0, context.schema().object(so::opportunity_line_item).field(line::total_price).scale};
        const auto value = [](const FieldDraft& draft) { return draft.number.value ? Value(*draft.number.value) : Value(); };
        for (const Chosen& one : chosen_) {
            const auto total = line_total(context.records(), value(one.quantity), value(one.price), value(one.discount));
            const auto* amount = total ? std::get_if<Decimal>(&*total) : nullptr;
            if (amount && __builtin_add_overflow(sum.units, amount->units, &sum.units)) return "…";
        }
        return money_words(context, sum);
    }

    void submit(Context& context) {
        if (saving_ || chosen_.empty()) return;
        const Records& records = context.records();
        const Object& object = context.schema().object(so::opportunity_line_item);
        Batch batch;
        bool good = true;
        for (Chosen& one : chosen_) {
            Json fields = Json::object();
            fields.set("OpportunityId", to_text(records.id_of(opportunity_)));
            fields.set("Product2Id", to_text(records.id_of({so::product, offers_[one.offer].row})));
            for (FieldDraft* draft : {&one.quantity, &one.price, &one.discount}) {
                const Field& field = object.field(draft->field);
                Result<Value> value = draft_value(context, object, field, *draft);
                if (value && field.required && is_null(*value)) value = fail(ErrorCode::RequiredFieldMissing, "error.required_field", {field_label(context.messages(), object, field)});
                draft->error = value ? std::string() : context.error_text(value.error());
                good = good && value;
                if (value && !is_null(*value)) fields.set(field.name, value_to_json(*value, field, records));
            }
            Json command = Json::object();
            command.set("command", "CreateRecord");
            command.set("object", object.name);
            command.set("fields", std::move(fields));
            batch.commands.push_back(std::move(command));
        }
        error_ = good ? std::string() : std::string(context.tr("ui.products.check"));
        if (!good) return;
        saving_ = true;
        context.submit(std::move(batch), [this, &context](const Result<CommandOutcome>& outcome) {
            saving_ = false;
            stored_ = outcome.has_value();
            if (outcome) close();
            else error_ = context.error_text(outcome.error());
        }, {.toast = context.count_text("ui.products.added", chosen_.size()), .silent_errors = true});
    }

    RecordRef opportunity_;
    std::uint64_t revision_ = 0;
    std::vector<Offer> offers_;
    std::vector<std::size_t> found_;   // offers in the order in which they stand
    std::vector<Chosen> chosen_;
    std::string typed_, error_;
    bool begins_ = true, saving_ = false, stored_ = false;
};

}  // namespace

std::unique_ptr<Dialog> make_add_products_dialog(Context& context, RecordRef opportunity) {
    if (opportunity.object != so::opportunity || is_read_only(context, opportunity)) return nullptr;
    return std::make_unique<AddProductsDialog>(context, opportunity);
}

}  // namespace outpost
