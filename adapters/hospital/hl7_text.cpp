#include "adapters/hospital/hl7_text.hpp"

#include <fmt/format.h>

#include <vector>

namespace washup::hospital {
namespace {

// A segment whose fields are set by the number HL7 gives them.
class Segment {
  public:
    explicit Segment(std::string name) : fields_{std::move(name)} {}
    Segment& set(std::size_t field, std::string value) {
        if (fields_.size() <= field) fields_.resize(field + 1);
        fields_[field] = std::move(value);
        return *this;
    }
    std::string text() const {
        auto count = fields_.size();
        while (count > 1 && fields_[count - 1].empty()) --count;
        std::string out = fields_[0];
        for (std::size_t i = 1; i < count; ++i) out += '|' + fields_[i];
        return out + '\r';
    }

  private:
    std::vector<std::string> fields_;
};

std::string place_text(Place const& place) {
    return fmt::format("{}^{}^{}^{}", hl7_escaped(place.ward), hl7_escaped(place.bay),
                       hl7_escaped(place.bed), hl7_escaped(place.site));
}

// The structure of MSH-9.3 by trigger.
char const* structure_of(std::string_view trigger) {
    if (trigger == "A02") return "ADT_A02";
    if (trigger == "A03") return "ADT_A03";
    if (trigger == "A11" || trigger == "A12") return "ADT_A09";
    if (trigger == "A16") return "ADT_A16";
    if (trigger == "A31") return "ADT_A05";
    if (trigger == "A40") return "ADT_A39";
    return "ADT_A01";
}

std::string msh(Adt const& adt) {
    // MSH-1 is the delimiter itself, so every field stands one place earlier than it is counted.
    Segment out("MSH");
    out.set(1, "^~\\&").set(2, "WASHUPTEST").set(3, adt.site).set(4, "WASHUP").set(5, "BOARD");
    out.set(6, hl7_time(adt.sent));
    out.set(8, fmt::format("ADT^{}^{}", adt.trigger, structure_of(adt.trigger)));
    out.set(9, adt.control_id).set(10, "P").set(11, "2.4").set(17, "UNICODE UTF-8");
    return out.text();
}

std::string pid(Adt const& adt) {
    auto const& person = *adt.person;
    std::string numbers = person.hospital_number + "^^^RZZ^MR";
    if (!person.nhs_number.empty()) numbers += "~" + person.nhs_number + "^^^NHS^NH";
    Segment out("PID");
    out.set(1, "1").set(3, numbers);
    out.set(5, fmt::format("{}^{}^{}^^{}", hl7_escaped(person.family), hl7_escaped(person.given),
                           hl7_escaped(person.middle), person.title));
    out.set(7, hl7_date(person.birth)).set(8, person.sex);
    out.set(11, fmt::format("{}^^Invented Bay^^{}", hl7_escaped(person.street), person.postcode));
    if (adt.died) out.set(29, hl7_time(*adt.died)).set(30, "Y");
    return out.text();
}

std::string pv1(Adt const& adt) {
    Segment out("PV1");
    out.set(1, "1").set(2, adt.patient_class).set(3, place_text(adt.place));
    out.set(4, adt.admission_method);
    if (adt.prior) out.set(6, place_text(*adt.prior));
    out.set(9, adt.consultant).set(10, adt.specialty).set(14, adt.admission_source);
    out.set(19, adt.visit).set(36, adt.discharge_method).set(37, adt.destination);
    if (adt.admitted) out.set(44, hl7_time(*adt.admitted));
    if (adt.discharged) out.set(45, hl7_time(*adt.discharged));
    return out.text();
}

std::string observations(Adt const& adt) {
    std::string out;
    int set_id = 0;
    auto const obx = [&](char const* type, char const* code, std::string value) {
        Segment segment("OBX");
        segment.set(1, fmt::format("{}", ++set_id)).set(2, type).set(3, code);
        out += segment.set(5, std::move(value)).set(11, "F").text();
    };
    if (adt.ready_date) obx("TS", "DRD^Discharge ready date^WASHUP", *adt.ready_date);
    if (!adt.pathway.empty()) obx("ST", "PATHWAY^Discharge pathway^WASHUP", adt.pathway);
    return out;
}

}  // namespace

std::string hl7_escaped(std::string_view text) {
    std::string out;
    for (char const c : text) {
        switch (c) {
            case '|':
                out += "\\F\\";
                break;
            case '^':
                out += "\\S\\";
                break;
            case '&':
                out += "\\T\\";
                break;
            case '~':
                out += "\\R\\";
                break;
            case '\\':
                out += "\\E\\";
                break;
            default:
                out += c;
        }
    }
    return out;
}

std::string hl7_date(Date date) {
    auto text = to_iso(date);
    std::erase(text, '-');
    return text;
}

std::string hl7_time(Instant at) {
    auto const wall = london_wall(at);
    return fmt::format("{:04}{:02}{:02}{:02}{:02}{:02}", wall.year, wall.month, wall.day, wall.hour,
                       wall.minute, wall.second);
}

std::string write_adt(Adt const& adt) {
    auto out = msh(adt);
    Segment evn("EVN");
    out += evn.set(1, adt.trigger).set(2, hl7_time(adt.sent)).set(6, hl7_time(adt.occurred)).text();
    out += pid(adt);
    if (!adt.retired_number.empty()) {
        Segment mrg("MRG");
        return out + mrg.set(1, adt.retired_number + "^^^RZZ^MR").text();
    }
    out += pv1(adt);
    if (adt.expected_discharge) {
        Segment pv2("PV2");
        out += pv2.set(9, hl7_date(*adt.expected_discharge)).text();
    }
    out += observations(adt);
    if (adt.medically_optimised) {
        Segment zu1("ZU1");
        out += zu1.set(22, "Y").set(24, hl7_time(*adt.medically_optimised)).text();
    }
    return out;
}

}  // namespace washup::hospital
