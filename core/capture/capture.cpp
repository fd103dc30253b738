#include "core/capture/capture.h"

#include <algorithm>
#include <utility>

#include "core/activity/zone_time.h"
#include "core/base/text.h"
#include "core/base/utf8.h"
#include "core/capture/line_amount.h"
#include "core/capture/line_moment.h"
#include "core/capture/line_names.h"
#include "core/edit/line_items.h"
#include "core/edit/picklist_rules.h"
#include "core/objects/labels.h"
#include "core/objects/record_reading.h"
#include "core/objects/standard.h"
#include "core/pipeline/account_sales.h"

namespace outpost {

namespace {

namespace so = standard_object;

constexpr std::size_t offered_max = 8;

// What a clause is about, by its words.
struct Words {
    std::string_view type;      // of an activity: "Call", "Email", "Meeting"
    bool follow_up = false, done = false, sale = false, closing = false;
};

struct Clause {
    std::size_t begin = 0, end = 0;                 // tokens
    std::optional<Days> day;
    std::optional<int> minutes;
    std::optional<LineAmount> amount;
    std::uint16_t stage = 0;
    std::vector<bool> said;                         // tokens that a moment took: not part of a subject
    Words words;
};

std::size_t follow_up_word(const Tokens& tokens, std::size_t at) {
    return tokens_match_any(tokens, at, {"follow up", "follow-up", "followup", "call back", "callback", "get back", "remind", "send", "schedule", "prepare", "arrange", "book", "todo", "to do", "check", "ask", "next step",
                                         "跟进", "回访", "回电", "提醒", "发送", "发给", "准备", "安排", "下次", "待办", "寄", "联系", "催"});
}

Words words_of(const Tokens& tokens, const Clause& clause) {
    Words words;
    const auto type = [&](std::string_view name, std::size_t at) { if (words.type.empty() && at != 0) words.type = name; };
    for (std::size_t at = clause.begin; at < clause.end; ++at) {
        if (!words.follow_up && follow_up_word(tokens, at) != 0) words.follow_up = words.type.empty() || !words.done;
        const std::size_t was_call = tokens_match_any(tokens, at, {"called", "phoned", "rang", "spoke", "talked", "chatted", "voicemail", "打了电话", "通了电话", "通过电话", "来电", "聊了"});
        const std::size_t was_meeting = tokens_match_any(tokens, at, {"met", "visited", "presented", "拜访了", "见了", "开了会", "见过"});
        const std::size_t was_email = tokens_match_any(tokens, at, {"emailed", "mailed", "wrote", "e-mailed", "发了邮件", "发邮件了"});
        if (!words.follow_up) words.done = words.done || was_call != 0 || was_meeting != 0 || was_email != 0;
        type("Call", was_call);
        type("Meeting", was_meeting);
        type("Email", was_email);
        type("Call", tokens_match_any(tokens, at, {"call", "phone", "ring", "打电话", "通话", "电话", "致电", "去电"}));
        type("Email", tokens_match_any(tokens, at, {"email", "e-mail", "mail", "发邮件", "邮件", "电邮"}));
        type("Meeting", tokens_match_any(tokens, at, {"meeting", "meet", "visit", "lunch", "dinner", "coffee", "demo", "workshop", "presentation", "拜访", "会面", "见面", "开会", "会议", "会谈", "面谈", "演示", "午餐", "晚餐", "吃饭"}));
        words.sale = words.sale || tokens_match_any(tokens, at, {"quote", "quoted", "offer", "offered", "proposal", "budget", "worth", "amount", "price", "order", "contract", "报价", "金额", "预算", "价格", "总价", "合同", "订单"}) != 0;
        words.closing = words.closing || tokens_match_any(tokens, at, {"close", "closes", "closing", "sign", "signs", "won", "成交", "关单", "签约", "签单", "结单", "签合同"}) != 0;
    }
    return words;
}

// Where one thought ends: signs, "then", "and follow up".
std::vector<Clause> clauses_of(const Tokens& tokens) {
    std::vector<Clause> clauses;
    Clause clause;
    const auto end_at = [&](std::size_t at, std::size_t next) {
        clause.end = at;
        if (clause.end > clause.begin) clauses.push_back(clause);
        clause = {};
        clause.begin = next;
    };
    for (std::size_t at = 0; at < tokens.size(); ++at) {
        const LineToken& token = tokens[at];
        const bool last = at + 1 == tokens.size(), blank_after = last || tokens[at + 1].spaced;
        const bool stop = token.text == "." && blank_after && !(at > 0 && (tokens[at - 1].kind == TokenKind::Number || token_is_any(tokens, at - 1, {"dr", "mr", "mrs", "ms", "inc", "ltd", "co", "corp"})));
        if (stop || token_is_any(tokens, at, {",", ";", "!", "?", "。", "、", "\n", "then"}) || (token.text == "." && tokens[at - (at > 0)].kind == TokenKind::Han)) {
            // A comma within a date ("Sep 30, 2027") is no end.
            const bool year = token.text == "," && at > 0 && tokens[at - 1].kind == TokenKind::Number && !last && tokens[at + 1].kind == TokenKind::Number && tokens[at + 1].text.size() == 4;
            if (!year) end_at(at, at + 1);
        } else if (const std::size_t words = tokens_match_any(tokens, at, {"然后", "并且", "and", "并"}); words != 0 && at > clause.begin && (token.kind == TokenKind::Han || follow_up_word(tokens, at + words) != 0)) {
            end_at(at, at + words);
            at += words - 1;
        }
    }
    end_at(tokens.size(), tokens.size());
    return clauses;
}

class Reader {
public:
    Reader(std::string_view line, const Records& records, Clock& clock, const Messages& messages, const CaptureContext& context)
        : records_(records), clock_(clock), messages_(messages), context_(context), line_(trim(line)), tokens_(tokens_of_line(line_)), names_(records, context.searches ? *context.searches : searches_), taken_(tokens_.size()) {
        now_ = clock.now();
        today_ = day_of_instant(now_, clock.utc_offset_minutes(now_));
        out_.line = line_;
        out_.close_date = period_range(Period::FiscalQuarter, today_, 0, 0, context.fiscal_start_month).end - 1;
    }

    Capture read() {
        std::vector<Clause> clauses = clauses_of(tokens_);
        for (Clause& clause : clauses) read_figures(clause);
        join_moments(clauses);
        resolve(names_.find(tokens_, line_, taken_));
        std::string rest;
        for (const Clause& clause : clauses)
            if (!understand(clause)) rest += (rest.empty() ? "" : " ") + std::string(written(clause.begin, clause.end));
        if (!rest.empty() && std::ranges::none_of(out_.actions, [](const CaptureAction& action) { return action.kind == CaptureKind::Log; }))
            add_done(CaptureKind::Note, "Other", std::string(messages_.text("ui.timeline.note")), rest, today_);
        return std::move(out_);
    }

private:
    std::string_view written(std::size_t begin, std::size_t end) const {
        return begin < end ? std::string_view(line_).substr(tokens_[begin].begin, tokens_[end - 1].end - tokens_[begin].begin) : std::string_view();
    }

    // Days, times, sums and stages; they are no part of a name.
    void read_figures(Clause& clause) {
        clause.said.resize(tokens_.size());
        const Words& words = clause.words = words_of(tokens_, clause);
        const MomentReading reading{.today = today_, .past = words.done, .day_first = context_.day_first, .fiscal_start_month = context_.fiscal_start_month};
        const auto take = [&](std::size_t begin, std::size_t end, bool as_said) {
            for (std::size_t i = begin; i < end && i < tokens_.size(); ++i) taken_[i] = true, clause.said[i] = as_said;
        };
        for (std::size_t at = clause.begin; at < clause.end;) {
            if (const auto day = clause.day ? std::nullopt : day_at(tokens_, at, reading); day && day->end <= clause.end) {
                clause.day = day->day;
                take(at, day->end, true);
                at = day->end;
            } else if (const auto time = clause.minutes ? std::nullopt : time_at(tokens_, at); time && time->end <= clause.end) {
                clause.minutes = time->minutes;
                take(at, time->end, true);
                at = time->end;
            } else if (auto amount = clause.amount ? std::nullopt : amount_at(tokens_, line_, at); amount && amount->end <= clause.end && (amount->certain || words.sale)) {
                take(at, amount->end, false);
                at = amount->end;
                clause.amount = std::move(amount);
            } else {
                ++at;
            }
        }
        clause.stage = stage_in(clause);
    }

    // "Quote 12k, by 30 Sep": a moment that stands alone belongs to what was said before it.
    void join_moments(std::vector<Clause>& clauses) const {
        for (std::size_t at = 1; at < clauses.size();) {
            Clause &before = clauses[at - 1], &clause = clauses[at];
            const bool alone = (clause.day || clause.minutes) && !clause.amount && clause.stage == 0 && subject_of(clause).empty();
            const bool dated = before.words.follow_up || !before.words.type.empty(), sale = before.amount || before.stage != 0 || before.words.sale || before.words.closing;
            if (!alone || before.day || before.minutes || !(dated || (sale && !clause.minutes))) {
                ++at;
                continue;
            }
            before.day = clause.day;
            before.minutes = clause.minutes;
            for (std::size_t i = before.end; i < clause.end; ++i) before.said[i] = i < clause.begin || clause.said[i];
            before.end = clause.end;
            clauses.erase(clauses.begin() + static_cast<std::ptrdiff_t>(at));
        }
    }

    // A stage that the clause names, by its label or value; "won" is the first that is.
    std::uint16_t stage_in(const Clause& clause) {
        const Field& stage = records_.schema().object(so::opportunity).field(opportunity_field::stage);
        std::uint16_t best = 0;
        std::size_t best_length = 0, best_at = 0, best_count = 0;
        for (const std::uint16_t code : stage.codes_in_order(true)) {
            const PicklistValue& value = stage.values[code - 1u];
            for (const std::string& name : {fold_search(value.value), fold_search(value_label(messages_, stage, value))})
                for (std::size_t at = clause.begin; at < clause.end; ++at)
                    if (const std::size_t count = tokens_match(tokens_, at, name); count != 0 && name.size() > best_length) best = code, best_length = name.size(), best_at = at, best_count = count;
        }
        std::fill_n(taken_.begin() + static_cast<std::ptrdiff_t>(best_at), best_count, true);
        if (best != 0) return best;
        for (std::size_t at = clause.begin; at < clause.end; ++at)
            if (tokens_match_any(tokens_, at, {"won", "赢单"}) != 0)
                for (const std::uint16_t code : stage.codes_in_order(true))
                    if (stage.values[code - 1u].won) return code;
        return 0;
    }

    RecordRef account_of(RecordRef record) const {
        if (record.object == so::account) return record;
        if (record.object == so::contact) return reference(records_, record, contact_field::account);
        if (record.object == so::opportunity) return reference(records_, record, opportunity_field::account);
        return {};
    }

    bool at_account(RecordRef person, RecordRef account) const {
        if (person.object == so::contact) return account_of(person) == account;
        return fold_key(records_.text(person, lead_field::company)) == fold_key(records_.display_name(account));
    }

    void resolve(const std::vector<LineName>& names) {
        for (const LineName& name : names)
            if (!name.found()) out_.doubts.push_back({CaptureDoubt::Kind::UnknownName, name.text});
        for (const bool at_place : {true, false})
            for (const LineName& name : names)
                if (!out_.account && name.at_place == at_place && !name.accounts.empty() && (at_place || name.people.empty() || name.opportunities.empty())) {
                    out_.account = name.accounts.front();
                    out_.accounts = name.accounts;
                }
        for (const LineName& name : names) {
            if (!name.opportunities.empty() && !out_.opportunity && (name.accounts.empty() || count_code_points(name.text) > 3) && !is_named(name)) {
                const auto fits = std::ranges::find_if(name.opportunities, [&](RecordRef each) { return !out_.account || account_of(each) == out_.account; });
                if (fits != name.opportunities.end() && name.people.empty() && name.accounts.empty()) out_.opportunity = *fits;
            }
            if (!out_.who && !is_named(name)) choose_person(name);
        }
        if (out_.opportunity && !out_.account) out_.account = account_of(out_.opportunity);
        if (!out_.account && out_.who.object == so::contact) out_.account = account_of(out_.who);
        fill_from(stands_for(records_, context_.about));
        if (context_.who) out_.who = *context_.who;
        if (context_.account) out_.account = *context_.account, out_.opportunity = {};
        if (out_.account && !out_.opportunity) {
            out_.opportunities = open_opportunities(records_, out_.account);
            if (!out_.opportunities.empty()) out_.opportunity = out_.opportunities.front();
        }
        if (context_.opportunity) out_.opportunity = *context_.opportunity;
    }

    // The name is the account's.
    bool is_named(const LineName& name) const { return out_.account && std::ranges::find(name.accounts, out_.account) != name.accounts.end() && (name.at_place || name.people.empty()); }

    void choose_person(const LineName& name) {
        std::vector<RecordRef> people = name.people;
        if (out_.account) {
            // The search gives only the best of all that are called so: those of the account are looked for there.
            std::vector<RecordRef> here;
            for (const RowIndex row : records_.children(so::contact, contact_field::account, out_.account))
                if (const RecordRef contact{so::contact, row}; here.size() < offered_max && names_.fits(contact, name.text)) here.push_back(contact);
            for (const RecordRef person : people)
                if (std::ranges::find(here, person) == here.end() && at_account(person, out_.account)) here.push_back(person);
            if (!here.empty()) people = std::move(here);
            else if (people.size() > 1 && people.front().object != so::lead) {
                out_.doubts.push_back({CaptureDoubt::Kind::SeveralFit, name.text});
            }
        } else if (people.size() > 1) {
            out_.doubts.push_back({CaptureDoubt::Kind::SeveralFit, name.text});
        }
        if (people.empty()) return;
        out_.who = people.front();
        out_.people = std::move(people);
    }

    // What is open on the page counts where the line names nothing of the kind, and nothing else.
    void fill_from(RecordRef about) {
        if (!about || out_.who || out_.account) return;
        if (about.object == so::lead || about.object == so::contact) out_.who = about;
        if (about.object == so::opportunity) out_.opportunity = about, out_.who = reference(records_, about, opportunity_field::contact);
        out_.account = account_of(about);
    }

    // The clause without the words that say when, and the small words before them.
    std::string subject_of(const Clause& clause) const {
        std::string text;
        std::size_t end = 0;
        for (std::size_t at = clause.begin; at < clause.end; ++at) {
            if (clause.said[at]) continue;
            const bool before_moment = at + 1 < clause.end && clause.said[at + 1];
            if (before_moment && token_is_any(tokens_, at, {"on", "by", "at", "until", "till", "before", "in", "due", "from", "for", "于", "在", "到"})) continue;
            if (at > clause.begin && clause.said[at - 1] && token_is_any(tokens_, at, {"前", "之前", "内", "的", "把"})) continue;
            if (!text.empty() && tokens_[at].begin > end) text += ' ';
            text += line_.substr(tokens_[at].begin, tokens_[at].end - tokens_[at].begin);
            end = tokens_[at].end;
        }
        if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 32);
        return text;
    }

    void add_choice(std::vector<FieldValue>& fields, ObjectIndex object, FieldIndex field, std::string_view value) const {
        if (records_.schema().object(object).field(field).find_code(value) != 0) fields.push_back({field, Value(std::string(value))});
    }

    void add_done(CaptureKind kind, std::string_view type, std::string subject, std::string_view text, Days day) {
        CaptureAction action{kind, {{task_field::subject, Value(std::move(subject))}, {task_field::description, Value(std::string(text))}, {task_field::activity_date, Value(DateValue{day})}}};
        if (std::string status = first_status(records_.schema().object(so::task).field(task_field::status), true); !status.empty()) action.fields.push_back({task_field::status, Value(std::move(status))});
        add_choice(action.fields, so::task, task_field::type, type);
        out_.actions.push_back(std::move(action));
    }

    void add_task(const Clause& clause, std::string_view type) {
        const std::string subject = subject_of(clause);
        CaptureAction action{CaptureKind::Task, {{task_field::subject, Value(subject.empty() ? std::string(written(clause.begin, clause.end)) : subject)}}};
        const Days day = clause.day.value_or(today_ + (clause.minutes && *clause.minutes <= minutes_now() ? 1 : 0));
        if (clause.day || clause.minutes) action.fields.push_back({task_field::activity_date, Value(DateValue{day})});
        if (clause.minutes) action.fields.push_back({task_field::reminder, Value(InstantValue{instant(day, *clause.minutes)})});
        if (!type.empty()) add_choice(action.fields, so::task, task_field::type, type);
        out_.actions.push_back(std::move(action));
    }

    void add_event(const Clause& clause, std::string_view type) {
        const Milliseconds start = instant(clause.day.value_or(today_), *clause.minutes);
        CaptureAction action{CaptureKind::Event, {{event_field::subject, Value(subject_of(clause))}, {event_field::start, Value(InstantValue{start})}, {event_field::end, Value(InstantValue{start + 3'600'000})}}};
        add_choice(action.fields, so::event, event_field::type, type);
        out_.actions.push_back(std::move(action));
    }

    // False when not all of it can be changed: the words then stay in the note.
    bool add_sale(const Clause& clause) {
        if (!out_.account && !out_.opportunity) {
            const auto told = std::ranges::find(out_.doubts, CaptureDoubt::Kind::NoOpportunity, &CaptureDoubt::kind);
            const std::string_view words = written(clause.begin, clause.end);
            if (told == out_.doubts.end()) out_.doubts.push_back({CaptureDoubt::Kind::NoOpportunity, std::string(words)});
            else told->text.append(messages_.text("ui.list.separator")).append(words);
            return false;
        }
        std::vector<FieldValue> fields;
        const std::size_t doubts = out_.doubts.size();
        if (clause.amount && out_.opportunity && has_line_items(records_, out_.opportunity.row)) {
            out_.doubts.push_back({CaptureDoubt::Kind::AmountOfProducts, records_.display_name(out_.opportunity)});
        } else if (clause.amount) {
            const auto& currencies = clause.amount->currencies;
            const auto amount = rescale(clause.amount->amount, currency_scale(context_.currency), Rounding::HalfUp);
            if (!currencies.empty() && std::ranges::find(currencies, context_.currency) == currencies.end()) out_.doubts.push_back({CaptureDoubt::Kind::OtherCurrency, currencies.front()});
            else if (amount) fields.push_back({opportunity_field::amount, Value(*amount)});
        }
        if (clause.day) fields.push_back({opportunity_field::close_date, Value(DateValue{*clause.day})});
        const Field& stage = records_.schema().object(so::opportunity).field(opportunity_field::stage);
        if (clause.stage != 0) fields.push_back({opportunity_field::stage, Value(stage.values[clause.stage - 1u].value)});
        const bool complete = out_.doubts.size() == doubts;
        if (fields.empty()) return false;
        const bool told = std::ranges::find(out_.doubts, CaptureDoubt::Kind::SeveralOpportunities, &CaptureDoubt::kind) != out_.doubts.end();
        if (out_.opportunities.size() > 1 && !told && !context_.opportunity) out_.doubts.push_back({CaptureDoubt::Kind::SeveralOpportunities, records_.display_name(out_.opportunity)});
        const auto sale = std::ranges::find(out_.actions, CaptureKind::Opportunity, &CaptureAction::kind);
        CaptureAction& action = sale != out_.actions.end() ? *sale : out_.actions.emplace_back(CaptureAction{CaptureKind::Opportunity, {}});
        for (FieldValue& each : fields) {
            std::erase_if(action.fields, [&](const FieldValue& earlier) { return earlier.field == each.field; });
            action.fields.push_back(std::move(each));
        }
        return complete;
    }

    // False when it says nothing that could be done.
    bool understand(const Clause& clause) {
        const Words& words = clause.words;
        const bool sale = clause.stage != 0 || (clause.amount && (words.sale || words.closing || words.type.empty())) || (words.closing && clause.day);
        const bool ahead = clause.day ? *clause.day > today_ || (*clause.day == today_ && clause.minutes && *clause.minutes > minutes_now()) : clause.minutes && !words.done;
        if (words.follow_up && !words.done) {
            add_task(clause, words.type);
            return true;
        }
        if (!words.type.empty()) {
            if (ahead && !words.done && !sale) {
                if (words.type == "Meeting" && clause.minutes) add_event(clause, words.type);
                else add_task(clause, words.type);
            } else {
                add_done(CaptureKind::Log, words.type, subject_of(clause), line_, sale ? today_ : std::min(clause.day.value_or(today_), today_));
                if (sale) add_sale(clause);
            }
            return true;
        }
        if (sale) return add_sale(clause);
        if (!ahead && !(clause.day == today_)) return false;
        add_task(clause, {});
        return true;
    }

    int minutes_now() const { return ZoneTime(clock_, "").wall(now_).minutes(); }
    Milliseconds instant(Days day, int minutes) const { return ZoneTime(clock_, "").instant({day, static_cast<Milliseconds>(minutes) * 60'000}); }

    const Records& records_;
    Clock& clock_;
    const Messages& messages_;
    const CaptureContext& context_;
    std::string line_;
    Tokens tokens_;
    NameSearches searches_;
    NameFinder names_;
    std::vector<bool> taken_;
    Milliseconds now_ = 0;
    Days today_ = 0;
    Capture out_;
};

}  // namespace

Capture read_capture(std::string_view line, const Records& records, Clock& clock, const Messages& messages, const CaptureContext& context) {
    return Reader(line, records, clock, messages, context).read();
}

Batch capture_batch(const Capture& capture, const Records& records) {
    Batch batch;
    const RecordRef what = capture.opportunity ? capture.opportunity : capture.account;
    for (const CaptureAction& action : capture.actions) {
        if (!action.wanted) continue;
        const bool sale = action.kind == CaptureKind::Opportunity;
        const ObjectIndex object = sale ? so::opportunity : action.kind == CaptureKind::Event ? so::event : so::task;
        std::vector<FieldValue> values = action.fields;
        if (sale && !capture.opportunity) {
            values.insert(values.begin(), {{system_field::name, Value(records.display_name(capture.account))}, {opportunity_field::account, Value(capture.account)}});
            if (capture.who.object == so::contact) values.push_back({opportunity_field::contact, Value(capture.who)});
            if (std::ranges::find(values, opportunity_field::close_date, &FieldValue::field) == values.end()) values.push_back({opportunity_field::close_date, Value(DateValue{capture.close_date})});
        } else if (!sale) {
            static_assert(task_field::who == event_field::who && task_field::what == event_field::what);
            if (capture.who) values.push_back({task_field::who, Value(capture.who)});
            // An activity with a lead is about the lead alone.
            if (what && capture.who.object != so::lead) values.push_back({task_field::what, Value(what)});
        }
        const Object& type = records.schema().object(object);
        Json fields = Json::object();
        for (const FieldValue& each : values) fields.set(type.field(each.field).name, value_to_json(each.value, type.field(each.field), records));
        Json command = Json::object();
        const bool update = sale && capture.opportunity;
        command.set("command", update ? "UpdateRecord" : "CreateRecord").set("object", type.name);
        if (update) command.set("id", to_text(records.id_of(capture.opportunity)));
        batch.commands.push_back(std::move(command.set("fields", std::move(fields))));
    }
    return batch;
}

}  // namespace outpost
