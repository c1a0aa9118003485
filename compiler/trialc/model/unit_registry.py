"""The closed registry of units, as data; `units.py` reads it.

Sources. Codes and factors: the Unified Code for Units of Measure (ucum.org), `ucum-essence.xml`:
`m[Hg]` is 133.3220 kPa and `m[H2O]` 9.80665 kPa (so 1 mmHg is exactly 133.322 Pa here, not the
conventional 133.322387415 Pa), `[lb_av]` is 7000 grains of 64.79891 mg, `[in_i]` is 2.54 cm,
`[degF]` is 5 K/9, `U` is 1 umol/min and `kat` 1 mol/s (so 1 U is 1/60 ukat), `Ci` is 3.7e10 Bq,
`[wood'U]` (later editions) is 1 mmHg.min/L: 79.9932 dyn.s.cm-5, where clinics round to 80.

Where we leave UCUM on purpose:
- Day, week, month and year are kinds of their own, with no factor: civil time is counted on a
  calendar (UCUM's `mo` is 30.4375 days). Second, minute and hour are physical time.
- `mg/24h` spells mg/day: a 24-hour collection is how a daily amount is measured.
- `[IU]` is arbitrary in UCUM. Here one IU is one U: enzymes are reported in either, and hormones in
  IU/L and mIU/mL alike. Catalytic activity is a base dimension: it never becomes moles per second.
- Equivalents and osmoles are kinds, not moles: charge and dissociation are not in the unit.
- What UCUM writes as an annotation on 1 (`%{predicted}`, `{x_ULN}`, `{1.73_m2}`, `{copies}`) is a
  kind, and so are its other dimensionless codes (`%`, `[pH]`, `[HPF]`).
- Amounts per body mass or area keep a kind where the bare dimension would let them mix: mg/kg with
  plain numbers, cardiac index (L/min/m2) with mm/h. `PER_BODY_SIZE` says what cancels it.
"""

from __future__ import annotations

Dimension = tuple[tuple[str, int], ...]

# Atoms of codes: code | dimension | factor to the coherent base (m, g, s, mol, K, kat) | display |
# other spellings, usable inside compound units too. A spelling with `24` only after a slash.
ATOMS = """
m        | length                    | 1          | m     |
km       | length                    | 1000       | km    |
cm       | length                    | 1/100      | cm    |
mm       | length                    | 1/1000     | mm    |
um       | length                    | 1e-6       | µm    |
[in_i]   | length                    | 127/5000   | in    | in
[ft_i]   | length                    | 381/1250   | ft    | ft
L        | length3                   | 1/1000     | L     | l
dL       | length3                   | 1e-4       | dL    | dl
mL       | length3                   | 1e-6       | mL    | ml
uL       | length3                   | 1e-9       | µL    | ul;mcL;mcl
fL       | length3                   | 1e-18      | fL    | fl
kg       | mass                      | 1000       | kg    |
g        | mass                      | 1          | g     |
mg       | mass                      | 1/1000     | mg    |
ug       | mass                      | 1e-6       | µg    | mcg
ng       | mass                      | 1e-9       | ng    |
pg       | mass                      | 1e-12      | pg    |
[lb_av]  | mass                      | 453.59237  | lb    | lb
mol      | substance                 | 1          | mol   |
mmol     | substance                 | 1/1000     | mmol  |
umol     | substance                 | 1e-6       | µmol  | mcmol
nmol     | substance                 | 1e-9       | nmol  |
pmol     | substance                 | 1e-12      | pmol  |
h        | time                      | 3600       | h     | hr;hour
min      | time                      | 60         | min   | minute
s        | time                      | 1          | s     | sec;second
ms       | time                      | 1/1000     | ms    | msec
d        | kind:day                  | 1          | day   | day;24h;24hr;24hours;(24.h)
wk       | kind:week                 | 1          | week  | week
mo       | kind:month                | 1          | month | month
a        | kind:year                 | 1          | year  | year;yr
K        | temperature               | 1          | K     |
Cel      | temperature               | 1          | °C    | °C
[degF]   | temperature               | 5/9        | °F    | °F
deg      | angle                     | 1          | °     |
kat      | activity                  | 1          | kat   |
ukat     | activity                  | 1e-6       | µkat  |
nkat     | activity                  | 1e-9       | nkat  |
U        | activity                  | 1/60000000 | U     | units;unit
kU       | activity                  | 1/60000    | kU    |
mU       | activity                  | 1/60e9     | mU    |
uU       | activity                  | 1/60e12    | µU    |
[IU]     | activity                  | 1/60000000 | IU    | IU;[iU]
k[IU]    | activity                  | 1/60000    | kIU   | kIU;k[iU]
m[IU]    | activity                  | 1/60e9     | mIU   | mIU;m[iU]
u[IU]    | activity                  | 1/60e12    | µIU   | uIU;u[iU]
meq      | kind:equivalent           | 1/1000     | mEq   | mEq
mosm     | kind:osmole               | 1/1000     | mOsm  | mOsm
Pa       | mass length-1 time-2      | 1000       | Pa    |
kPa      | mass length-1 time-2      | 1000000    | kPa   |
mm[Hg]   | mass length-1 time-2      | 133322     | mmHg  | mmHg;mm Hg
cm[H2O]  | mass length-1 time-2      | 98066.5    | cmH₂O | cmH2O;cm H2O
dyn      | mass length time-2        | 1/100      | dyn   | dynes
[wood'U] | mass length-4 time-1      | 7999320000 | WU    | WU
Gy       | kind:absorbed_dose        | 1          | Gy    |
cGy      | kind:absorbed_dose        | 1/100      | cGy   |
MBq      | kind:radioactivity        | 1000000    | MBq   |
GBq      | kind:radioactivity        | 1e9        | GBq   |
mCi      | kind:radioactivity        | 37000000   | mCi   |
%        | kind:percent              | 1/100      | %     | percent
[ppth]   | kind:percent              | 1/1000     | ‰     |
%{predicted} | kind:predicted        | 1          | % predicted | %pred;%predicted
{x_ULN}  | kind:upper_limit          | 1          | × ULN | xULN
{x_LLN}  | kind:lower_limit          | 1          | × LLN | xLLN
{x_baseline} | kind:baseline         | 1          | × baseline | xbaseline
{1.73_m2} | kind:1.73_m2             | 1          | 1.73 m² | 1.73m2;(1.73m2)
{score}  | kind:score                | 1          | points | score
{Zscore} | kind:z_score              | 1          | Z-score | Z-score
{Tscore} | kind:t_score              | 1          | T-score | T-score
{letters} | kind:letter              | 1          | letters | letters
{INR}    | kind:inr                  | 1          | INR   | INR
{titer}  | kind:titer                | 1          | titer | titer
{pack_years} | kind:pack_year        | 1          | pack-years | pack-years
{cells}  | kind:cell                 | 1          | cells | cells;cell
{copies} | kind:copy                 | 1          | copies | copies;copy
{Log_copies} | kind:log_copy         | 1          | log₁₀ copies | log10 copies;log copies
{Log_IU} | kind:log_iu               | 1          | log₁₀ IU | log10 IU;log IU
{vg}     | kind:vector_genome        | 1          | vg    | vg
{tablets} | kind:tablet              | 1          | tablets | tablets;tablet
{capsules} | kind:capsule            | 1          | capsules | capsules;capsule
{puffs}  | kind:puff                 | 1          | puffs | puffs;puff
[CFU]    | kind:colony               | 1          | CFU   | CFU
[HPF]    | kind:high_power_field     | 1          | HPF   | HPF;hpf
[hnsf'U] | kind:hounsfield           | 1          | HU    | HU
[pH]     | kind:ph                   | 1          | pH    | pH
[diop]   | kind:dioptre              | 1          | D     |
"""

# Base value = value * factor + offset: absolute temperature, K = °C + 273.15 = (°F + 459.67) * 5/9.
OFFSETS = {"Cel": "273.15", "[degF]": "45967/180"}

# What documents print for a unit on its own, where its atom reads otherwise in a compound ("/day").
ALONE = {"d": "days", "wk": "weeks", "mo": "months", "a": "years"}

# Kind -> the dimension that cancels it in a product: mg/kg times kg is mg, mg/m2 times m2 is mg.
PER_BODY_SIZE: dict[str, Dimension] = {
    "kind:per_body_mass": (("mass", 1),),
    "kind:per_body_area": (("length", 2),),
}

# Units: code | usual reporting step | kind added to the code's own dimension | further spellings.
UNITS = """
1        | 0.01  | | ratio
m        | 0.01  | | metre;metres;meter;meters
km       | 0.1   | |
cm       | 0.1   | |
mm       | 1     | |
um       | 1     | | micron;microns
[in_i]   | 0.1   | | inch;inches
[ft_i]   | 0.1   | | foot;feet
m2       | 0.01  | |
cm2      | 0.1   | |
mm2      | 1     | |
L        | 0.1   | | litre;litres;liter;liters
dL       | 0.1   | |
mL       | 1     | |
uL       | 1     | |
fL       | 1     | |
kg       | 0.1   | |
g        | 0.1   | |
mg       | 1     | |
ug       | 1     | |
ng       | 1     | |
pg       | 0.1   | |
[lb_av]  | 0.1   | | lbs;pound;pounds
mol      | 0.001 | |
mmol     | 0.1   | |
umol     | 1     | |
h        | 1     | | hours;hrs
min      | 1     | | minutes;mins
s        | 1     | | seconds
ms       | 1     | |
d        | 1     | | days
wk       | 1     | | weeks;wks
mo       | 1     | | months;mos
a        | 1     | | years;yrs;y
Cel      | 0.1   | | degC;deg C;degrees C
[degF]   | 0.1   | | degF;deg F;degrees F
K        | 0.1   | |
deg      | 1     | | degree;degrees
g/L      | 1     | |
g/dL     | 0.1   | |
mg/mL    | 0.1   | |
mg/dL    | 0.1   | |
mg/L     | 0.1   | |
ug/mL    | 0.1   | |
ug/dL    | 1     | |
ug/L     | 0.1   | |
ng/mL    | 0.1   | |
ng/dL    | 1     | |
ng/L     | 1     | |
pg/mL    | 1     | |
mol/L    | 0.001 | |
mmol/L   | 0.1   | | mM
umol/L   | 1     | | uM
nmol/L   | 1     | | nM
pmol/L   | 1     | | pM
meq      | 1     | |
meq/L    | 0.1   | |
mosm/L   | 1     | |
mosm/kg  | 1     | |
U        | 1     | |
[IU]     | 1     | |
U/L      | 1     | |
U/mL     | 1     | |
kU/L     | 0.1   | |
mU/L     | 0.01  | |
mU/mL    | 0.1   | |
uU/mL    | 0.01  | |
[IU]/L   | 1     | |
[IU]/mL  | 1     | |
k[IU]/L  | 0.1   | |
k[IU]/mL | 0.1   | |
m[IU]/L  | 0.01  | |
m[IU]/mL | 0.1   | |
u[IU]/mL | 0.01  | |
ukat/L   | 0.01  | |
nkat/L   | 1     | |
10*12/L  | 0.01  | | T/L;Tpt/L
10*9/L   | 0.1   | | G/L;Gpt/L;/nL
10*6/L   | 1     | |
10*6/uL  | 0.01  | | M/uL
10*3/uL  | 0.1   | | K/uL;k/uL;thou/uL
10*6/mL  | 0.1   | | M/mL
10*3/mm3 | 0.1   | | K/mm3;k/mm3
/uL      | 1     | |
/mm3     | 1     | |
/mL      | 1     | |
{cells}  | 1     | |
10*6.{cells} | 0.1 | | 10^6 cells;x10^6 cells;million cells
10*8.{cells} | 0.1 | | 10^8 cells;x10^8 cells
{cells}/kg | 1   | |
10*6.{cells}/kg | 0.1 | | 10^6 cells/kg;10^6 cell/kg;x10^6 cells/kg;x10^6 cell/kg;million cells/kg
10*8.{cells}/kg | 0.1 | | 10^8 cells/kg;10^8 cell/kg;x10^8 cells/kg;x10^8 cell/kg
{copies}/mL | 1  | |
{Log_copies}/mL | 0.01 | |
[IU]/d   | 1     | |
{Log_IU}/mL | 0.01 | |
[CFU]/mL | 1     | |
{vg}/kg  | 1     | |
{tablets} | 1    | |
{capsules} | 1   | |
{puffs}  | 1     | |
%        | 1     | | per cent
[ppth]   | 1     | |
L/L      | 0.01  | percent |
%{predicted} | 1 | | percent predicted;% of predicted;percent of predicted
{x_ULN}  | 0.1   | | x ULN;ULN;times ULN;x upper limit of normal;times the upper limit of normal
{x_LLN}  | 0.1   | | x LLN;LLN;times LLN;x lower limit of normal;times the lower limit of normal
{x_baseline} | 0.1 | | x baseline;times baseline
{score}  | 1     | | scores;point;points
{Zscore} | 0.1   | | Z score
{Tscore} | 0.1   | | T score
{letters} | 1    | | letter;ETDRS letters
{INR}    | 0.1   | |
{titer}  | 1     | | titre
{pack_years} | 1 | | pack years;pack-year;pack year
/[HPF]   | 1     | | cells/HPF;cells/hpf
[hnsf'U] | 1     | |
[pH]     | 0.01  | |
[diop]   | 0.25  | | dpt;dioptre;dioptres;diopter;diopters
mg/g     | 1     | mass_ratio |
ug/mg    | 1     | mass_ratio |
ug/g     | 1     | mass_ratio |
mg/mg    | 0.01  | mass_ratio |
g/g      | 0.01  | mass_ratio |
mg/mmol  | 0.1   | |
g/mol    | 0.1   | |
mmol/mol | 1     | substance_ratio |
kg/m2    | 0.1   | |
mm/h     | 1     | |
m/s      | 0.1   | |
cm/s     | 1     | |
/min     | 1     | | bpm;1/min;beats/min;beats/minute;breaths/min;breaths/minute
/h       | 1     | | 1/h
/d       | 1     | | 1/d;1/day
/wk      | 1     | | 1/wk;1/week
/mo      | 1     | | 1/mo;1/month
/a       | 0.1   | | 1/a;1/year
mL/s     | 0.1   | |
mL/min   | 1     | |
mL/h     | 1     | |
L/min    | 0.1   | |
L/s      | 0.1   | |
L/h      | 0.1   | |
mL/d     | 1     | |
L/d      | 0.1   | |
mL/min/{1.73_m2} | 1 | |
mL/s/{1.73_m2} | 0.01 | |
L/min/m2 | 0.1   | per_body_area |
mL/min/m2 | 1    | per_body_area |
mL/m2    | 1     | per_body_area |
mL/kg    | 0.1   | |
mL/kg/min | 0.1  | |
mL/kg/h  | 0.1   | |
Pa       | 1     | |
kPa      | 0.1   | |
mm[Hg]   | 1     | |
cm[H2O]  | 1     | |
dyn.s.cm-5 | 1   | | dyn.s/cm5;dyn*s/cm5;dynes.s.cm-5;dynes.s/cm5;dyn s cm-5;dyn s/cm5
[wood'U] | 0.1   | | Wood units;Wood unit;wood units;wood unit
mL/min/mm[Hg] | 0.1 | |
mmol/min/kPa | 0.01 | |
g/kg     | 0.1   | per_body_mass |
mg/kg    | 0.1   | per_body_mass |
ug/kg    | 0.1   | per_body_mass |
ng/kg    | 1     | per_body_mass |
mmol/kg  | 0.01  | |
U/kg     | 1     | |
[IU]/kg  | 1     | |
[IU]/m2  | 1     | |
g/m2     | 0.1   | per_body_area |
mg/m2    | 1     | per_body_area |
ug/m2    | 1     | per_body_area |
g/kg/d   | 0.1   | per_body_mass |
mg/kg/d  | 0.1   | per_body_mass |
ug/kg/d  | 0.1   | per_body_mass |
mg/m2/d  | 1     | per_body_area |
mg/kg/h  | 0.1   | per_body_mass |
ug/kg/h  | 0.1   | per_body_mass |
ug/kg/min | 0.01 | per_body_mass |
U/kg/d   | 0.1   | |
U/d      | 1     | |
U/h      | 0.1   | |
g/d      | 0.1   | |
mg/d     | 1     | |
ug/d     | 1     | |
mmol/d   | 1     | |
mg/wk    | 0.5   | |
mg/h     | 0.1   | |
ug/h     | 1     | |
ug/min   | 0.1   | |
Gy       | 0.1   | |
cGy      | 1     | |
MBq      | 1     | |
GBq      | 0.1   | |
mCi      | 0.1   | |
MBq/kg   | 0.1   | |
"""
